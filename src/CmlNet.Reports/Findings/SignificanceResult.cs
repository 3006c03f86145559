namespace CmlNet.Reports.Findings;

/// <summary>Whether a figure's change is more than chance.</summary>
internal sealed record SignificanceResult
{
    public required string File { get; init; }

    /// <summary><c>paired bootstrap</c>, <c>mcnemar</c>, <c>delong</c> or <c>two-proportion</c>.</summary>
    public required string Method { get; init; }

    public required string Metric { get; init; }

    public required double? Old { get; init; }

    public required double? New { get; init; }

    public double? Difference => New - Old;

    /// <summary>95 % interval of the difference; null when the method has none.</summary>
    public double? Low { get; init; }

    /// <inheritdoc cref="Low"/>
    public double? High { get; init; }

    /// <summary>Two-sided.</summary>
    public required double P { get; init; }

    /// <summary>Those in which the figure was defined; null without resampling.</summary>
    public int? Resamples { get; init; }

    /// <summary>Null without resampling.</summary>
    public ulong? Seed { get; init; }
}
