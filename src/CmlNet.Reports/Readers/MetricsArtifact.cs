using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Readers;

/// <summary>Named values, nested keys joined by dots, in file order.</summary>
internal sealed record MetricsArtifact : Artifact
{
    public required IReadOnlyList<KeyValuePair<string, DvcValue>> Values { get; init; }
}
