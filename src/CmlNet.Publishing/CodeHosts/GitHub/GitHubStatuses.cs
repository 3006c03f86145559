using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>Commit statuses of one repository. GitHub takes them from any token, check runs from Apps only.</summary>
internal sealed class GitHubStatuses(GitHubApi api)
{
    private const int LongestDescription = 140;
    private const int LongestContext = 255;

    public Task SetAsync(CommitStatus status, CancellationToken cancellationToken) => api.SendAsync(
        new ApiRequest
        {
            Method = HttpMethod.Post,
            Path = $"{api.RepositoryPath}/statuses/{Uri.EscapeDataString(status.Sha)}",
            Body = GitHubApi.Write(
                new StatusBody(status.State, Cut(status.Context, LongestContext), Cut(status.Description, LongestDescription), status.TargetUrl),
                GitHubWire.Default.StatusBody),
            Permission = "statuses: write",
            // The newest of a context counts, so one too many does no harm.
            ReadBack = static _ => Task.FromResult<ApiResponse?>(null),
        },
        cancellationToken);

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..(longest - 1)] + "…";
}
