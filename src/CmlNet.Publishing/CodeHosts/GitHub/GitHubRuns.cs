using System.Net;
using System.Text.RegularExpressions;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>Workflow runs of one repository.</summary>
internal sealed partial class GitHubRuns(GitHubApi api, TimeProvider time)
{
    private const string Permission = "actions: write";
    private static readonly TimeSpan LongestCancel = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    public async Task RerunAsync(string runId, CancellationToken cancellationToken)
    {
        if (!Digits().IsMatch(runId))
            throw new PublishingException($"'{runId}' is not the number of a workflow run; it is in the address of the run's page, behind /actions/runs/");
        string path = $"{api.RepositoryPath}/actions/runs/{runId}";
        RunReply run = await ReadAsync(path, cancellationToken);
        // CML leaves runs that are queued or waiting alone, and GitHub then refuses to run them again.
        if (run.Status != "completed" && await CancelAsync(path, cancellationToken))
            run = await WaitForEndAsync(path, cancellationToken);

        int attempt = run.RunAttempt ?? 1;
        await api.SendAsync(
            new ApiRequest
            {
                Method = HttpMethod.Post,
                Path = path + "/rerun",
                Permission = Permission,
                ReadBack = async token => (await ReadAsync(path, token)).RunAttempt > attempt ? new ApiResponse { Status = HttpStatusCode.Created, Body = default } : null,
            },
            cancellationToken);
    }

    /// <summary>Whether there is an end to wait for: nothing ends that was told so in a rehearsal.</summary>
    private async Task<bool> CancelAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            // Cancelling twice is harmless, so the call may be repeated.
            ApiResponse told = await api.SendAsync(new ApiRequest { Method = HttpMethod.Post, Path = path + "/cancel", Permission = Permission, ReadBack = static _ => Task.FromResult<ApiResponse?>(null) }, cancellationToken);
            return !told.IsRehearsed;
        }
        catch (PublishingException e) when (e.Status == HttpStatusCode.Conflict)
        {
            // It ended by itself in between.
            return true;
        }
    }

    private async Task<RunReply> WaitForEndAsync(string path, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        for (TimeSpan pause = FirstPause; ; pause = pause * 2 > LongestPause ? LongestPause : pause * 2)
        {
            RunReply run = await ReadAsync(path, cancellationToken);
            if (run.Status == "completed")
                return run;
            if (time.GetElapsedTime(start) > LongestCancel)
                throw new PublishingException($"the workflow run was told to stop and is still '{run.Status}' after {LongestCancel.TotalMinutes:0} minutes, so it is not run again");
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private Task<RunReply> ReadAsync(string path, CancellationToken cancellationToken) => api.GetAsync(path, GitHubWire.Default.RunReply, "actions: read", cancellationToken);

    [GeneratedRegex("^[0-9]{1,19}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}
