namespace CmlNet.Reports.Drift;

/// <summary>Whether one column has moved.</summary>
internal sealed record DriftColumn
{
    public required string Name { get; init; }

    /// <summary><c>ks</c>, <c>chi2</c>, <c>z</c>, <c>wasserstein</c>, <c>jensenshannon</c>; <c>type</c> when numbers became texts or the other way round.</summary>
    public required string Test { get; init; }

    /// <summary>Null for <c>type</c>.</summary>
    public double? Statistic { get; init; }

    /// <summary>Null for distances.</summary>
    public double? P { get; init; }

    /// <summary>Of p from above, of a distance from below.</summary>
    public required double Threshold { get; init; }

    public required bool IsDrifted { get; init; }

    /// <summary>Share of the rows in each bin or category, of the reference and now, for a small picture.</summary>
    public IReadOnlyList<double> Reference { get; init; } = [];

    /// <inheritdoc cref="Reference"/>
    public IReadOnlyList<double> Current { get; init; } = [];

    /// <summary>How far beyond its threshold: 1 is on it.</summary>
    public double Severity => P is { } p ? Threshold / Math.Max(p, 1e-300) : Statistic is { } distance ? distance / Threshold : double.PositiveInfinity;
}
