using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Performance;

/// <summary>Measured times.</summary>
internal sealed record LatencyArtifact : Artifact
{
    /// <summary>In milliseconds, sorted, at least one.</summary>
    public required double[] Samples { get; init; }
}
