namespace CmlNet.Runner.Jobs.GitHub;

/// <summary>The organization, repository or enterprise that runners belong to, and where its API is.</summary>
internal sealed record GitHubScope
{
    /// <summary>As configured, without a slash at the end: what registration is told.</summary>
    public required string Url { get; init; }

    /// <summary>With a slash at the end.</summary>
    public required Uri ApiBase { get; init; }

    /// <summary>Path of the scope in the API, e.g. <c>orgs/acme</c>.</summary>
    public required string ApiPath { get; init; }

    public bool IsRepository { get; init; }

    /// <summary>GitHub itself, not an Enterprise server.</summary>
    public bool IsHosted { get; init; }

    /// <summary>By the rules of GitHub's own client (actions/scaleset, config.go): hosted names get <c>api.</c> in front, others are Enterprise servers with <c>/api/v3</c>.</summary>
    /// <param name="url">Address of the scope.</param>
    /// <param name="isServerForced">Take any host for an Enterprise server (<c>GITHUB_ACTIONS_FORCE_GHES</c>).</param>
    public static GitHubScope Parse(Uri url, bool isServerForced)
    {
        string[] parts = url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        bool isEnterprise = parts.Length == 2 && parts[0].Equals("enterprises", StringComparison.OrdinalIgnoreCase);
        return new GitHubScope
        {
            Url = $"{url.Scheme}://{url.Authority}/{string.Join('/', parts)}",
            ApiBase = ApiOf(url, isServerForced),
            IsHosted = IsHostedAt(url, isServerForced),
            ApiPath = parts.Length == 1 ? $"orgs/{parts[0]}" : isEnterprise ? $"enterprises/{parts[1]}" : $"repos/{parts[0]}/{parts[1]}",
            IsRepository = parts.Length == 2 && !isEnterprise,
        };
    }

    /// <summary>Web address of a repository at the same host.</summary>
    public Uri RepositoryUrl(string owner, string repository) => new(new Uri(Url), $"/{Uri.EscapeDataString(owner)}/{Uri.EscapeDataString(repository)}");

    private static bool IsHostedAt(Uri url, bool isServerForced) =>
        !isServerForced && (url.Host is "github.com" or "www.github.com" or "github.localhost" || url.Host.EndsWith(".ghe.com", StringComparison.OrdinalIgnoreCase));

    private static Uri ApiOf(Uri url, bool isServerForced)
    {
        string host = url.Host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? url.Authority[4..] : url.Authority;
        return IsHostedAt(url, isServerForced) ? new Uri($"{url.Scheme}://api.{host}/") : new Uri($"{url.Scheme}://{url.Authority}/api/v3/");
    }
}
