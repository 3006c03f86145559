using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Drift;

/// <summary>What came of comparing a data file with its reference.</summary>
internal sealed record DriftArtifact : Artifact
{
    public required DriftResult Result { get; init; }
}
