namespace CmlNet.Containers;

/// <summary>An image to build from a folder.</summary>
public sealed record ImageBuild
{
    /// <summary>Name the image gets; an older image of that name loses it.</summary>
    public required string Tag { get; init; }

    /// <summary>The build context: plain files, folders and links, which nobody changes meanwhile. Its <c>.dockerignore</c> counts.</summary>
    public required string Folder { get; init; }

    /// <summary>Path of the Dockerfile from <see cref="Folder"/>.</summary>
    public string Dockerfile { get; init; } = "Dockerfile";

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
