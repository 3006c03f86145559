using System.Globalization;

namespace CmlNet.Runner.Jobs.GitHub;

/// <summary>The list of the official runner's releases: how long a version will still be accepted.</summary>
internal sealed class RunnerReleases(GitHubHttp http, GitHubScope scope, IGitHubCredentials credentials)
{
    /// <summary>GitHub registers nothing older (its changelog on minimum versions of self-hosted runners, 2026).</summary>
    public static readonly Version Minimum = new(2, 329, 0);

    /// <summary>Days after a newer release within which a runner must be replaced (as above).</summary>
    public const int DaysToUpdate = 30;

    /// <summary>Newest first; null when the server has no such list, as Enterprise servers do.</summary>
    public async Task<IReadOnlyList<RunnerRelease>?> ReadAsync(CancellationToken cancellationToken)
    {
        var request = new GitHubRequest
        {
            Method = HttpMethod.Get,
            Address = new Uri(scope.ApiBase, "repos/actions/runner/releases?per_page=30"),
            Purpose = "list the runner's releases",
            Authorization = "Bearer " + await credentials.GetTokenAsync(cancellationToken),
            Accept = "application/vnd.github+json",
        };
        try
        {
            return [.. (await http.SendAsync(request, cancellationToken)).Read(GitHubJson.Default.IReadOnlyListRunnerRelease, request.Purpose).Where(release => release is { IsDraft: false, IsPrerelease: false })];
        }
        catch (GitHubException exception) when (exception.Status is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    /// <summary>Days since the first release that is newer than a version; null when it is the newest.</summary>
    public static int? DaysBehind(Version version, IReadOnlyList<RunnerRelease> releases, DateTimeOffset now)
    {
        DateTimeOffset? first = releases.Where(release => VersionOf(release) > version).Min(release => release.Published);
        return first is { } published ? Math.Max(0, (int)(now - published).TotalDays) : null;
    }

    /// <summary>The newest version; null for an empty list.</summary>
    public static Version? Newest(IReadOnlyList<RunnerRelease> releases) => releases.Max(VersionOf);

    /// <summary>What to do about an old version.</summary>
    public static string Advice(IReadOnlyList<RunnerRelease> releases) => string.Create(CultureInfo.InvariantCulture, $"Update the image to runner {Newest(releases)}.");

    private static Version? VersionOf(RunnerRelease release) => Version.TryParse(release.Tag?.TrimStart('v'), out Version? version) ? version : null;
}
