using System.Diagnostics.CodeAnalysis;

namespace CmlNet.Workflows.Execution.Events;

/// <summary>What a git remote says about the code host. Credentials in the URL are dropped.</summary>
/// <param name="ServerUrl">Without a trailing slash, e.g. <c>https://github.com</c>; https for ssh remotes.</param>
/// <param name="Owner">All of the path before the name (a nested group for hosts that have them).</param>
internal sealed record RemoteUrl(string ServerUrl, string Owner, string Name)
{
    /// <summary>Reads https, http, ssh, git and scp-style (<c>git@host:owner/name.git</c>) URLs. False for local paths and whatever else names no owner.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RemoteUrl? remote)
    {
        remote = null;
        string url = text.Trim();
        if (url.Contains("://", StringComparison.Ordinal))
            return Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && TryBuild(ServerOf(uri), uri.AbsolutePath, out remote);

        // scp-style: the first colon comes before any slash. One letter before it is a drive.
        int colon = url.IndexOf(':', StringComparison.Ordinal);
        int slash = url.IndexOf('/', StringComparison.Ordinal);
        if (colon < 2 || (slash >= 0 && slash < colon))
            return false;
        string host = url[(url[..colon].LastIndexOf('@') + 1)..colon];
        return TryBuild("https://" + PublicHost(host), url[(colon + 1)..], out remote);
    }

    private static string? ServerOf(Uri uri) => uri.Scheme switch
    {
        "http" or "https" => $"{uri.Scheme}://{uri.Host}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}",
        // The port is sshd's, not the web server's.
        "ssh" or "git" or "git+ssh" or "ssh+git" => $"https://{PublicHost(uri.Host)}",
        _ => null,
    };

    /// <summary>ssh over port 443 has its own name.</summary>
    private static string PublicHost(string host) => host.Equals("ssh.github.com", StringComparison.OrdinalIgnoreCase) ? "github.com" : host.ToLowerInvariant();

    private static bool TryBuild(string? server, string path, [NotNullWhen(true)] out RemoteUrl? remote)
    {
        remote = null;
        string trimmed = Uri.UnescapeDataString(path).Trim('/');
        if (trimmed.EndsWith(".git", StringComparison.OrdinalIgnoreCase))
            trimmed = trimmed[..^4];
        int slash = trimmed.LastIndexOf('/');
        if (server is null || slash <= 0 || slash == trimmed.Length - 1)
            return false;
        remote = new RemoteUrl(server, trimmed[..slash], trimmed[(slash + 1)..]);
        return true;
    }
}
