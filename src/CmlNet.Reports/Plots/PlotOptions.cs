using CmlNet.Reports.Charts.Confusion;

namespace CmlNet.Reports.Plots;

/// <summary>What to draw from a file.</summary>
public sealed record PlotOptions
{
    /// <summary>One of <see cref="PlotKinds.All"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Column of the x axis; null takes what is usual for the kind.</summary>
    public string? X { get; init; }

    /// <summary>Columns of the y axis; empty takes what is usual for the kind.</summary>
    public IReadOnlyList<string> Y { get; init; } = [];

    /// <summary>In a heat map the column of the cells' values; in a ROC, precision-recall or calibration plot the label that counts as positive.</summary>
    public string? Value { get; init; }

    /// <summary>In a confusion matrix what the percentages are of.</summary>
    public ConfusionShare Share { get; init; }

    /// <summary>Null takes the file's name.</summary>
    public string? Title { get; init; }

    public string? XLabel { get; init; }

    public string? YLabel { get; init; }

    public bool IsXLog { get; init; }

    public bool IsYLog { get; init; }
}
