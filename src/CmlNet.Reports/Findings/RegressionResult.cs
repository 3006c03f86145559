using CmlNet.Reports.Readers;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Findings;

/// <summary>Everything found in one file of numbers.</summary>
internal sealed record RegressionResult
{
    public required RegressionArtifact Predictions { get; init; }

    public required RegressionScores Scores { get; init; }

    /// <summary>Null without a baseline.</summary>
    public RegressionScores? Old { get; init; }

    /// <inheritdoc cref="ClassificationResult.Refusal"/>
    public string? Refusal { get; init; }

    public IReadOnlyList<SignificanceResult> Significance { get; init; } = [];

    /// <inheritdoc cref="ClassificationResult.Slices"/>
    public IReadOnlyList<SliceResult> Slices { get; init; } = [];

    /// <summary>Largest error first.</summary>
    public IReadOnlyList<WorstExample> Worst { get; init; } = [];
}
