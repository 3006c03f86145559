namespace CmlNet.Reports.Readers;

/// <summary>A picture, known to be one by its first bytes.</summary>
internal sealed record ImageArtifact : Artifact
{
    public required string FullPath { get; init; }
}
