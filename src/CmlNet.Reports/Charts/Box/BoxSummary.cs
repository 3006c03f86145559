namespace CmlNet.Reports.Charts.Box;

/// <summary>Five figures of a set of values and those outside the whiskers (Tukey: the farthest values within 1.5 IQR of the box). Quantiles are linear (NumPy's default, type 7).</summary>
public sealed record BoxSummary
{
    public required string Name { get; init; }

    /// <summary>Finite values; 0 leaves every figure undefined.</summary>
    public required int Count { get; init; }

    public double LowWhisker { get; init; }

    public double LowerQuartile { get; init; }

    public double Median { get; init; }

    public double UpperQuartile { get; init; }

    public double HighWhisker { get; init; }

    /// <summary>Rising.</summary>
    public IReadOnlyList<double> Outliers { get; init; } = [];

    /// <summary>NaN and infinite values are left out.</summary>
    public static BoxSummary Of(string name, IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(Drawing.Scale.CanShow).Order()];
        if (sorted.Length == 0)
            return new BoxSummary { Name = name, Count = 0 };
        double lower = Quantiles.Of(sorted, 0.25), upper = Quantiles.Of(sorted, 0.75), reach = 1.5 * (upper - lower);
        double[] inside = [.. sorted.Where(value => value >= lower - reach && value <= upper + reach)];
        return new BoxSummary
        {
            Name = name,
            Count = sorted.Length,
            LowerQuartile = lower,
            Median = Quantiles.Of(sorted, 0.5),
            UpperQuartile = upper,
            LowWhisker = inside.Length > 0 ? Math.Min(inside[0], lower) : lower,
            HighWhisker = inside.Length > 0 ? Math.Max(inside[^1], upper) : upper,
            Outliers = [.. sorted.Where(value => value < lower - reach || value > upper + reach)],
        };
    }
}
