using System.Net;
using System.Text.RegularExpressions;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.Bitbucket;

/// <summary>Pipelines of one repository. Bitbucket runs none again: a new one is started on the same target, whatever becomes of the old one.</summary>
internal sealed partial class BitbucketPipelines(JsonCalls calls, string repositoryPath)
{
    /// <param name="id">Number or UUID of a pipeline.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task RerunAsync(string id, CancellationToken cancellationToken)
    {
        if (!Identity().IsMatch(id))
            throw new PublishingException($"'{id}' is not the number or UUID of a pipeline; the number is in the address of its page, behind /pipelines/results/");
        string path = $"{repositoryPath}/pipelines/{Uri.EscapeDataString(id)}";
        PipelineReply old = await calls.GetAsync(path, BitbucketWire.Default.PipelineReply, cancellationToken);
        PipelineTarget target = old.Target ?? throw new PublishingException($"Bitbucket names no target for the pipeline {id}, so it cannot be started again");
        int? newest = await NewestAsync(cancellationToken);
        await calls.SendAsync(
            new ApiRequest
            {
                Method = HttpMethod.Post,
                Path = $"{repositoryPath}/pipelines",
                Body = JsonCalls.Write(new PipelineBody(target), BitbucketWire.Default.PipelineBody),
                // A new one since then is the one that was asked for, or somebody else's, and then it need not be asked for twice.
                ReadBack = async token => await NewestAsync(token) > newest ? new ApiResponse { Status = HttpStatusCode.Created, Body = default } : null,
            },
            cancellationToken);
    }

    private async Task<int?> NewestAsync(CancellationToken cancellationToken) =>
        (await calls.GetAsync($"{repositoryPath}/pipelines?sort=-created_on&pagelen=1", BitbucketWire.Default.PageReplyPipelineReply, cancellationToken)).Values is [{ BuildNumber: var number }, ..] ? number : 0;

    [GeneratedRegex(@"^(?:[0-9]{1,12}|\{?[0-9a-fA-F-]{36}\}?)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Identity();
}
