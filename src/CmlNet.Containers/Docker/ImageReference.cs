using System.Text.RegularExpressions;

namespace CmlNet.Containers.Docker;

/// <summary>
/// An image reference in the engine's familiar form: <c>docker://docker.io/library/python</c> → <c>python:latest</c>.
/// Grammar: https://pkg.go.dev/github.com/distribution/reference.
/// </summary>
internal sealed partial record ImageReference
{
    private const string DockerHub = "docker.io";

    /// <summary>Registry host with its port; <c>docker.io</c> when none is written.</summary>
    public required string Registry { get; init; }

    /// <summary>Path below the registry; official images of Docker Hub without <c>library/</c>.</summary>
    public required string Path { get; init; }

    public string? Tag { get; init; }

    public string? Digest { get; init; }

    /// <summary>Name without tag or digest, as the engine lists it.</summary>
    public string Name => Registry == DockerHub ? Path : $"{Registry}/{Path}";

    public override string ToString() => $"{Name}{(Tag is null ? "" : $":{Tag}")}{(Digest is null ? "" : $"@{Digest}")}";

    /// <summary>Throws <see cref="EngineException"/> (<see cref="EngineErrorKind.Refused"/>) when it is not a reference.</summary>
    public static ImageReference Parse(string text)
    {
        const string Scheme = "docker://";
        var bare = text.StartsWith(Scheme, StringComparison.Ordinal) ? text[Scheme.Length..] : text;
        var match = Grammar.Match(bare);
        if (!match.Success)
        {
            var hint = bare.Any(char.IsUpper) ? " Names are lower case." : "";
            throw new EngineException(EngineErrorKind.Refused, $"'{text}' is not an image reference. Expected [REGISTRY/]NAME[:TAG][@DIGEST], e.g. python:3.12-slim or ghcr.io/owner/image:v1.{hint}");
        }

        var path = match.Groups["path"].Value;
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : path[..slash];
        // A first part is a registry when it has a dot or a port, or is localhost: https://docs.docker.com/reference/cli/docker/image/tag/
        var hasRegistry = first.AsSpan().ContainsAny('.', ':') || first == "localhost";
        var registry = hasRegistry ? first : DockerHub;
        if (registry is "index.docker.io")
            registry = DockerHub;
        var rest = hasRegistry ? path[(slash + 1)..] : path;
        if (registry == DockerHub && rest.StartsWith("library/", StringComparison.Ordinal))
            rest = rest["library/".Length..];
        var tag = match.Groups["tag"] is { Success: true } t ? t.Value : null;
        var digest = match.Groups["digest"] is { Success: true } d ? d.Value : null;
        return new ImageReference { Registry = registry, Path = rest, Tag = tag is null && digest is null ? "latest" : tag, Digest = digest };
    }

    [GeneratedRegex(
        @"\A(?<path>(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]+)?/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>[a-z0-9]+:[0-9a-fA-F]{32,}))?\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Grammar { get; }
}
