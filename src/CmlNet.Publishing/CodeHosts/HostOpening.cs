using CmlNet.Publishing.Detection;
using CmlNet.Publishing.Http;
using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing.CodeHosts;

/// <summary>What a code host is opened with.</summary>
internal sealed record HostOpening
{
    /// <summary>Where the run is; it has a repository.</summary>
    public required PublishingContext Context { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>The pause before the first repetition of something.</summary>
    public required TimeSpan FirstDelay { get; init; }

    /// <summary>A client for an address, with headers to send along.</summary>
    public required Func<Uri, IReadOnlyList<KeyValuePair<string, string>>, ApiClient> Connect { get; init; }

    public required ILogger Logger { get; init; }

    /// <exception cref="PublishingException">There is none.</exception>
    public string RequireToken(string variables) =>
        Context.Token ?? throw new PublishingException($"token not found: pass --token, or set REPO_TOKEN, {variables} or CML_TOKEN");

    /// <summary>Owner and name of the repository, unescaped; a path of the server's before them is left out.</summary>
    /// <exception cref="PublishingException">The address is no repository's.</exception>
    public (string Owner, string Name) RequireRepository()
    {
        Uri repository = Context.Repository!; // detection gives every real host one
        string[] path = repository.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return path.Length >= 2
            ? (Uri.UnescapeDataString(path[^2]), Uri.UnescapeDataString(path[^1]))
            : throw new PublishingException($"'{repository}' is not a repository: expected https://host/owner/name");
    }
}
