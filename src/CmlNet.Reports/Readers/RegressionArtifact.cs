using CmlNet.Reports.Predictions;

namespace CmlNet.Reports.Readers;

/// <summary>Actual and predicted number of each case.</summary>
internal sealed record RegressionArtifact : Artifact
{
    public required double[] Actual { get; init; }

    public required double[] Predicted { get; init; }

    public required string ActualColumn { get; init; }

    public required string PredictedColumn { get; init; }

    /// <inheritdoc cref="PredictionsArtifact.Weights"/>
    public double[]? Weights { get; init; }

    /// <summary>Null when only the numbers are known.</summary>
    public RowDetails? Rows { get; init; }
}
