namespace CmlNet.Reports.Readers;

/// <summary>A run as an experiment tracker keeps it: several artifacts from one place.</summary>
internal sealed record RunArtifact : Artifact
{
    public MetricsArtifact? Metrics { get; init; }

    public ParamsArtifact? Params { get; init; }

    public HistoryArtifact? History { get; init; }

    public override IReadOnlyList<Artifact> Parts => [.. new Artifact?[] { Metrics, Params, History }.OfType<Artifact>()];
}
