using System.Net;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.GitLab;

/// <summary>Commit statuses of one project; GitLab shows them as jobs of the commit's pipeline.</summary>
internal sealed class GitLabStatuses(GitLabApi api)
{
    private const int Longest = 255;

    public async Task SetAsync(CommitStatus status, CancellationToken cancellationToken)
    {
        string name = Cut(status.Context);
        string state = status.State switch
        {
            "success" or "pending" => status.State,
            _ => "failed",
        };
        try
        {
            await api.Calls.SendAsync(
                new ApiRequest
                {
                    Method = HttpMethod.Post,
                    Path = await api.ProjectPathAsync($"statuses/{Uri.EscapeDataString(status.Sha)}", cancellationToken),
                    Body = JsonCalls.Write(new StatusBody(state, name, Cut(status.Description), status.TargetUrl), GitLabWire.Default.StatusBody),
                    // The newest of a name counts, so one too many does no harm.
                    ReadBack = static _ => Task.FromResult<ApiResponse?>(null),
                },
                cancellationToken);
        }
        catch (PublishingException e) when (e.Status == HttpStatusCode.BadRequest)
        {
            // GitLab refuses to make pending what is pending; what was asked for is there then.
            if (await CurrentAsync(status.Sha, name, cancellationToken) != state)
                throw;
        }
    }

    private async Task<string?> CurrentAsync(string sha, string name, CancellationToken cancellationToken)
    {
        IReadOnlyList<StatusReply> found = await api.GetAsync(
            $"repository/commits/{Uri.EscapeDataString(sha)}/statuses?name={Uri.EscapeDataString(name)}", GitLabWire.Default.IReadOnlyListStatusReply, cancellationToken);
        return found is [var newest, ..] ? newest.Status : null;
    }

    private static string Cut(string text) => text.Length <= Longest ? text : text[..(Longest - 1)] + "…";
}
