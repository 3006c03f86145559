namespace CmlNet.Reports.Readers;

/// <summary>A picture, known to be one by its first bytes.</summary>
internal sealed record ImageArtifact : Artifact
{
    public required string FullPath { get; init; }

    /// <summary>The same picture as the baseline has it; null when it has none, or the same.</summary>
    public ReadOnlyMemory<byte>? Baseline { get; init; }
}
