namespace CmlNet.Reports.Charts.Drawing;

/// <summary>What one axis covers and how.</summary>
internal sealed record AxisRange
{
    public double Low { get; init; }

    public double High { get; init; }

    /// <summary>Written beside the axis; none when empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>The ends are widened to round numbers.</summary>
    public bool IsRounded { get; init; }

    /// <summary>Ticks at whole numbers only.</summary>
    public bool IsWhole { get; init; }

    public bool IsLog { get; init; }

    /// <summary>Names at 0, 1, 2, … instead of numbers; null for a numeric axis.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    public Scale ToScale(double from, double to, int wantedTicks)
    {
        if (Categories is { } categories)
            return Scale.OverCategories(categories.Count, from, to);
        return IsLog ? Scale.OverLog(Low, High, from, to, wantedTicks) : Scale.Over(Low, High, from, to, wantedTicks, IsRounded, IsWhole);
    }
}
