namespace CmlNet.Reports.Readers;

/// <summary>A picture, known to be one by its first bytes.</summary>
internal sealed record ImageArtifact : Artifact
{
    public required string FullPath { get; init; }

    /// <summary>Its bytes, when they are not those of the file: as the baseline has it.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }
}
