using CmlNet.Reports.Comparison;

namespace CmlNet.Reports.Findings;

/// <summary>One figure of one slice.</summary>
internal sealed record SliceResult
{
    /// <summary>Slices with fewer rows are shown, but not to be trusted.</summary>
    public const int SmallCount = 30;

    public required string File { get; init; }

    public required string Column { get; init; }

    public required string Value { get; init; }

    public required long Count { get; init; }

    public required string Metric { get; init; }

    public required double? New { get; init; }

    /// <summary>The baseline's, on the same rows; null without them.</summary>
    public double? Old { get; init; }

    /// <summary>95 % interval of <see cref="New"/>; null where there is no method for it.</summary>
    public double? Low { get; init; }

    /// <inheritdoc cref="Low"/>
    public double? High { get; init; }

    /// <summary>Of the change; null without a baseline or a method.</summary>
    public double? P { get; init; }

    /// <summary>By Benjamini and Hochberg, over the slices of the file with this metric.</summary>
    public double? AdjustedP { get; init; }

    public required MetricDirection Direction { get; init; }

    /// <summary>The same figure on all rows.</summary>
    public required double? Whole { get; init; }

    /// <summary>Worse than the baseline by more than chance explains, on enough rows.</summary>
    public bool HasRegressed => this is { Harm: > 0, AdjustedP: < 0.05, Count: >= SmallCount };

    /// <summary>How much worse than the baseline, or without one than all rows; falling means better.</summary>
    public double Harm => (Direction == MetricDirection.Down ? 1 : -1) * ((New - (Old ?? Whole)) ?? 0);
}
