using System.Net;
using System.Text.RegularExpressions;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.GitLab;

/// <summary>Pipelines and jobs of one project, run again.</summary>
internal sealed partial class GitLabPipelines(GitLabApi api, TimeProvider time, TimeSpan firstPause)
{
    private static readonly TimeSpan LongestCancel = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <param name="id">Number of a pipeline, or of a job.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task RerunAsync(string id, CancellationToken cancellationToken)
    {
        if (!Digits().IsMatch(id))
            throw new PublishingException($"'{id}' is not the number of a pipeline or a job; it is in the address of the page, behind /pipelines/ or /jobs/");
        string path = $"pipelines/{id}";
        if (await StatusAsync(path, cancellationToken) is { } status)
        {
            // Cancelling twice is harmless, so the call may be repeated. What is told to end in a rehearsal does not.
            if (!HasEnded(status) && await SendAsync(path + "/cancel", static _ => Task.FromResult<ApiResponse?>(null), cancellationToken) is { IsRehearsed: false })
                await WaitForEndAsync(path, cancellationToken);
            await SendAsync(path + "/retry", async token => HasEnded(await StatusAsync(path, token)) ? null : Done, cancellationToken);
            return;
        }

        await RetryJobAsync(id, cancellationToken);
    }

    private static ApiResponse Done => new() { Status = HttpStatusCode.Created, Body = default };

    private static bool HasEnded(string? status) => status is "success" or "failed" or "canceled" or "skipped" or "manual";

    /// <summary>A retried job is a new one. Which are its is not told, so a retry whose answer was lost is not repeated.</summary>
    private async Task RetryJobAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync($"jobs/{id}/retry", readBack: null, cancellationToken);
        }
        catch (PublishingException e) when (e.Status == HttpStatusCode.NotFound)
        {
            throw new PublishingException($"{api.Page} has neither a pipeline nor a job with the number {id} that the token may see", HttpStatusCode.NotFound);
        }
    }

    private async Task<string?> StatusAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await api.GetAsync(path, GitLabWire.Default.PipelineReply, cancellationToken)).Status ?? "";
        }
        catch (PublishingException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<ApiResponse> SendAsync(string path, Func<CancellationToken, Task<ApiResponse?>>? readBack, CancellationToken cancellationToken) =>
        await api.Calls.SendAsync(new ApiRequest { Method = HttpMethod.Post, Path = await api.ProjectPathAsync(path, cancellationToken), ReadBack = readBack }, cancellationToken);

    private async Task WaitForEndAsync(string path, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        for (TimeSpan pause = firstPause; ; pause = pause * 2 > LongestPause ? LongestPause : pause * 2)
        {
            string? status = await StatusAsync(path, cancellationToken);
            if (status is not null && HasEnded(status))
                return;
            if (time.GetElapsedTime(start) > LongestCancel)
                throw new PublishingException($"the pipeline was told to stop and is still '{status}' after {LongestCancel.TotalMinutes:0} minutes, so it is not run again");
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    [GeneratedRegex("^[0-9]{1,19}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}
