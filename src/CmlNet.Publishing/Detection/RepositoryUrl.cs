using System.Text.RegularExpressions;

namespace CmlNet.Publishing.Detection;

/// <summary>Repository addresses in all their spellings as one: <c>https://host/owner/name</c>.</summary>
internal static partial class RepositoryUrl
{
    /// <param name="text">An http(s) or ssh URL, <c>git@host:owner/name</c>, or the slug <c>owner/name</c>.</param>
    /// <param name="server">The server a slug is on.</param>
    /// <exception cref="PublishingException">It is none of these.</exception>
    public static Uri Parse(string text, string? server)
    {
        string trimmed = text.Trim();
        string url = trimmed switch
        {
            _ when Slug().IsMatch(trimmed) => $"{(string.IsNullOrEmpty(server) ? "https://github.com" : server.TrimEnd('/'))}/{trimmed}",
            _ when ScpLike().Match(trimmed) is { Success: true } scp => $"https://{scp.Groups["host"].Value}/{scp.Groups["path"].Value}",
            _ => trimmed,
        };
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) || parsed.Host.Length == 0)
            throw new PublishingException($"'{Harmless(trimmed)}' is not a repository. Pass --repo with a URL (https://host/owner/name) or owner/name.");
        bool isWeb = parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps;
        string path = parsed.AbsolutePath.TrimEnd('/');
        if (path.EndsWith(".git", StringComparison.Ordinal))
            path = path[..^4];
        string authority = isWeb ? parsed.Authority : parsed.Host;
        return new Uri($"{(parsed.Scheme == Uri.UriSchemeHttp ? "http" : "https")}://{authority}{path}");
    }

    /// <summary>A remote may hold a password.</summary>
    private static string Harmless(string text) => text.Contains('@', StringComparison.Ordinal) ? "…" + text[text.LastIndexOf('@')..] : text;

    [GeneratedRegex("^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Slug();

    [GeneratedRegex("^(?:[^@/:]+@)?(?<host>[^/:]+):(?!/)(?<path>.+)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ScpLike();
}
