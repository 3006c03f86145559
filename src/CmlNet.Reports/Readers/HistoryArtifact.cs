namespace CmlNet.Reports.Readers;

/// <summary>What was recorded while training.</summary>
internal sealed record HistoryArtifact : Artifact
{
    /// <summary>What counts the steps: <c>epoch</c>, <c>step</c>, …</summary>
    public required string XName { get; init; }

    /// <summary>Whether the y axis is logarithmic; null leaves it to the values.</summary>
    public bool? IsYLog { get; init; }

    public required IReadOnlyList<HistorySeries> Series { get; init; }
}
