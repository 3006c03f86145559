using CmlNet.Publishing.Assets;

namespace CmlNet.Publishing.Surfaces;

/// <summary>One of the files that make up a report.</summary>
/// <param name="Markdown">Its text.</param>
/// <param name="Directory">Absolute path that its relative links start from.</param>
public sealed record ReportSource(string Markdown, string Directory)
{
    /// <summary>Which local files it may show. Default: those around its directory and in the repository.</summary>
    public AssetFiles? Files { get; init; }
}
