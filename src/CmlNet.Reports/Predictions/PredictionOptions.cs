using CmlNet.Reports.Charts.Confusion;

namespace CmlNet.Reports.Predictions;

/// <summary>What a predictions file holds beside the true and the predicted column, as configured.</summary>
public sealed record PredictionOptions
{
    /// <summary>Column, or pattern with one column per class; null takes usual names if they are there.</summary>
    public string? Probability { get; init; }

    /// <summary>Label of the positive class; null takes the last of two.</summary>
    public string? Positive { get; init; }

    /// <summary>What the percentages of the confusion matrix are of.</summary>
    public ConfusionShare Share { get; init; }

    /// <summary>Columns whose values cut the rows into slices.</summary>
    public IReadOnlyList<string> Slices { get; init; } = [];

    /// <summary>Column that names the row; null takes a usual name if it is there.</summary>
    public string? Id { get; init; }

    /// <summary>Column with the weight of each row; null counts every row as one.</summary>
    public string? Weight { get; init; }

    /// <summary>Column with tags, several separated by <c>; | ,</c>.</summary>
    public string? Tags { get; init; }
}
