namespace CmlNet.Reports.Markdown;

/// <summary>Where the Markdown will lie, so that it can point to its pictures.</summary>
public sealed record MarkdownTarget
{
    /// <summary>Absolute folder of the Markdown file; links are relative to it.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>Absolute folder for the charts.</summary>
    public required string AssetsDirectory { get; init; }
}
