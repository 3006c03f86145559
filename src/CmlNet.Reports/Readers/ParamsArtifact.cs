using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Readers;

/// <summary>Parameters, nested keys joined by dots; unlike metrics they may be lists or null.</summary>
internal sealed record ParamsArtifact : Artifact
{
    public required IReadOnlyList<KeyValuePair<string, DvcValue>> Values { get; init; }
}
