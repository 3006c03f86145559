using System.Net;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.GitLab;

/// <summary>Where a GitLab's API is, and what a project is called in it. GitLab may be installed under a path of its server.</summary>
/// <param name="Api">Absolute, without a slash at the end.</param>
/// <param name="Project">Groups and name, unescaped.</param>
internal sealed record GitLabAddress(string Api, string Project)
{
    private const string Suffix = "/api/v4";

    /// <summary>Finds out.</summary>
    /// <param name="known">The API's address where it is known.</param>
    /// <param name="repository">The project's page.</param>
    /// <param name="probe">Asks without a token; who answers is not known to be a GitLab yet.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PublishingException">There is no GitLab.</exception>
    public static async Task<GitLabAddress> FindAsync(Uri? known, Uri repository, JsonCalls probe, CancellationToken cancellationToken)
    {
        if (known is not null)
            return Behind(known.AbsoluteUri.TrimEnd('/'), known.AbsolutePath.TrimEnd('/'), repository);
        string[] segments = repository.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length < 2)
            throw new PublishingException($"'{repository}' is not a project: expected https://host/group/name");
        string origin = repository.GetLeftPart(UriPartial.Authority);
        // A project has a group at least. What could be either group or path of the installation is tried.
        string[] prefixes = [.. Enumerable.Range(0, segments.Length - 1).Select(count => string.Concat(segments.Take(count).Select(s => "/" + s)))];
        foreach (string prefix in prefixes)
        {
            if (prefixes.Length == 1 || await IsGitLabAsync(origin + prefix + Suffix, probe, cancellationToken))
                return Behind(origin + prefix + Suffix, prefix + Suffix, repository);
        }

        throw new PublishingException($"no GitLab answers at {string.Join(" or ", prefixes.Select(p => origin + p + Suffix))}. Check the repository's address; CI_API_V4_URL names the API where it cannot be told from it.");
    }

    private static GitLabAddress Behind(string api, string path, Uri repository)
    {
        string prefix = path.EndsWith(Suffix, StringComparison.Ordinal) ? path[..^Suffix.Length] : "";
        string project = repository.AbsolutePath.Trim('/');
        string inside = prefix.Trim('/') + "/";
        if (inside.Length > 1 && project.StartsWith(inside, StringComparison.OrdinalIgnoreCase))
            project = project[inside.Length..];
        return project.Contains('/', StringComparison.Ordinal)
            ? new GitLabAddress(api, Uri.UnescapeDataString(project))
            : throw new PublishingException($"'{repository}' is not a project: expected https://host/group/name");
    }

    /// <summary>Every GitLab answers this, with its version to who has a token and with 401 to others.</summary>
    private static async Task<bool> IsGitLabAsync(string api, JsonCalls probe, CancellationToken cancellationToken)
    {
        try
        {
            return (await probe.GetAsync(api + "/version", GitLabWire.Default.VersionReply, cancellationToken)).Version is not null;
        }
        catch (PublishingException e) when (e.Status is not null || e.InnerException is System.Text.Json.JsonException)
        {
            return e.Status == HttpStatusCode.Unauthorized;
        }
    }
}
