using CmlNet.Reports.Charts.Confusion;
using CmlNet.Reports.Predictions;

namespace CmlNet.Reports.Readers;

/// <summary>Actual and predicted class of each case, as positions in <see cref="Labels"/>.</summary>
internal sealed record PredictionsArtifact : Artifact
{
    /// <summary>Sorted union of both columns: by value when every label is a number, else ordinally.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    public required int[] Actual { get; init; }

    public required int[] Predicted { get; init; }

    public required string ActualColumn { get; init; }

    public required string PredictedColumn { get; init; }

    /// <summary>Rows left out because a label is missing.</summary>
    public required long MissingRows { get; init; }

    /// <summary>Place of the positive class: the one asked for, else the last of two; null when there is none.</summary>
    public int? Positive { get; init; }

    /// <summary>What the percentages of the confusion matrix are of.</summary>
    public ConfusionShare Share { get; init; }

    /// <summary>Null without columns of probabilities.</summary>
    public ClassScores? Scores { get; init; }

    /// <summary>What each row counts for; null when every row counts as one.</summary>
    public double[]? Weights { get; init; }

    /// <summary>Null when only the labels are known.</summary>
    public RowDetails? Rows { get; init; }
}
