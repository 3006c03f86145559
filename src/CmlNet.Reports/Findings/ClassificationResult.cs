using CmlNet.Reports.Predictions;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Sections.Classification;

namespace CmlNet.Reports.Findings;

/// <summary>Everything found in one file of classes.</summary>
internal sealed record ClassificationResult
{
    public required PredictionsArtifact Predictions { get; init; }

    public required ConfusionMatrix Matrix { get; init; }

    public required ClassificationFigures Figures { get; init; }

    /// <summary>Null without a baseline.</summary>
    public ClassificationFigures? Old { get; init; }

    /// <summary>The baseline's, of the same rows in the same order; null without, or when the rows differ.</summary>
    public PredictionsArtifact? OldPredictions { get; init; }

    /// <summary>Why nothing is said about significance though there is a baseline; null when it is.</summary>
    public string? Refusal { get; init; }

    public IReadOnlyList<SignificanceResult> Significance { get; init; } = [];

    /// <summary>Most harmed first, all figures of a slice together.</summary>
    public IReadOnlyList<SliceResult> Slices { get; init; } = [];

    public IReadOnlyList<ThresholdResult> Thresholds { get; init; } = [];

    public IReadOnlyList<TagResult> Tags { get; init; } = [];

    public IReadOnlyList<WorstExample> Worst { get; init; } = [];
}
