using System.Collections.Concurrent;
using System.Net;

namespace CmlNet.Runner.Jobs.GitHub.Rest;

/// <summary>Calls of the REST API, with entity tags: an unchanged answer costs nothing of the hourly budget.</summary>
internal sealed class RestClient(GitHubHttp http, GitHubScope scope, IGitHubCredentials credentials)
{
    private const int MostRemembered = 500;
    private readonly ConcurrentDictionary<string, GitHubResponse> _known = new(StringComparer.Ordinal);

    public GitHubScope Scope => scope;

    /// <summary>Calls left in this hour, as the last answer said; null before there was one.</summary>
    public int? Remaining { get; private set; }

    /// <summary>Reads a path below the scope.</summary>
    public async Task<GitHubResponse> GetAsync(string path, string purpose, CancellationToken cancellationToken)
    {
        GitHubResponse? known = _known.GetValueOrDefault(path);
        GitHubResponse response = await SendAsync(HttpMethod.Get, path, null, purpose, known?.EntityTag, cancellationToken);
        Remaining = response.Remaining ?? Remaining;
        if (response.Status == HttpStatusCode.NotModified && known is not null)
            return known;
        if (response.EntityTag is not null)
        {
            if (_known.Count >= MostRemembered)
                _known.Clear();
            _known[path] = response;
        }

        return response;
    }

    public Task<GitHubResponse> SendAsync(HttpMethod method, string path, byte[]? body, string purpose, CancellationToken cancellationToken) => SendAsync(method, path, body, purpose, null, cancellationToken);

    private async Task<GitHubResponse> SendAsync(HttpMethod method, string path, byte[]? body, string purpose, string? tag, CancellationToken cancellationToken) => await http.SendAsync(
        new GitHubRequest
        {
            Method = method,
            Address = new Uri(scope.ApiBase, $"{scope.ApiPath}/{path}"),
            Purpose = purpose,
            Authorization = "Bearer " + await credentials.GetTokenAsync(cancellationToken),
            Accept = "application/vnd.github+json",
            Body = body,
            Headers = tag is null ? [new("X-GitHub-Api-Version", "2022-11-28")] : [new("X-GitHub-Api-Version", "2022-11-28"), new("If-None-Match", tag)],
        },
        cancellationToken);
}
