namespace CmlNet.Reports.Charts.Line;

/// <summary>One line, or the points of one colour. <see cref="X"/> and <see cref="Y"/> have the same length; a NaN in Y is a gap.</summary>
public sealed record LineSeries
{
    public required string Name { get; init; }

    public required IReadOnlyList<double> X { get; init; }

    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>What was logged, where <see cref="Y"/> is smoothed: the numbers that a text may tell. Null tells <see cref="Y"/>.</summary>
    public IReadOnlyList<double>? Logged { get; init; }

    /// <summary>Place in the palette, for series that belong together; null takes the series' own place.</summary>
    public int? Color { get; init; }

    /// <summary>Drawn pale and not named in the legend: raw values behind smoothed ones.</summary>
    public bool IsFaint { get; init; }

    /// <summary>Drawn dashed: a baseline.</summary>
    public bool IsDashed { get; init; }
}
