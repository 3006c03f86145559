using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Performance;

/// <summary>How large a file is.</summary>
internal sealed record SizeArtifact : Artifact
{
    public required string FullPath { get; init; }

    public required long Bytes { get; init; }
}
