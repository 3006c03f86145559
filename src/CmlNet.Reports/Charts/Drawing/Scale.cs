namespace CmlNet.Reports.Charts.Drawing;

/// <summary>Linear or logarithmic mapping of a data interval to pixels, with round tick values.</summary>
internal sealed class Scale
{
    /// <summary>Beyond this a difference of two values would overflow.</summary>
    public const double Bound = 1e300;

    private const double MostEmpty = 0.75;

    private Scale(double low, double high, double from, double to, IReadOnlyList<double> ticks, double step, bool isLog = false)
    {
        Low = low;
        High = high;
        From = from;
        To = to;
        Ticks = ticks;
        Step = step;
        IsLog = isLog;
    }

    public double Low { get; }

    public double High { get; }

    public double From { get; }

    public double To { get; }

    public IReadOnlyList<double> Ticks { get; }

    public double Step { get; }

    public bool IsLog { get; }

    /// <summary>A scale over [low, high], widened to round numbers when <paramref name="round"/>; equal ends are pushed apart.</summary>
    public static Scale Over(double low, double high, double from, double to, int wantedTicks, bool round, bool whole = false)
    {
        low = Math.Clamp(low, -Bound, Bound);
        high = Math.Clamp(high, -Bound, Bound);
        if (high - low <= Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-12)
        {
            double pad = low == 0 ? 0.5 : Math.Abs(low) * 0.1;
            pad = whole ? Math.Max(1, pad) : pad;
            (low, high) = (low - pad, high + pad);
        }

        double step = NiceTicks.Step(high - low, wantedTicks);
        step = whole ? Math.Max(1, Math.Ceiling(step)) : step;
        if (round)
            (low, high) = (Widened(low / step) * step, -Widened(-high / step) * step);
        return new Scale(low, high, from, to, NiceTicks.Between(low, high, step), step);
    }

    // Down to a whole step; where that would leave nearly all of one empty, to a fifth of one.
    private static double Widened(double steps)
    {
        double whole = Math.Floor(steps + 1e-9);
        return steps - whole > MostEmpty ? Math.Floor(steps * 5) / 5 : whole;
    }

    /// <summary>A logarithmic scale over whole decades around [low, high], both above 0; every decade has a tick as long as there is room.</summary>
    public static Scale OverLog(double low, double high, double from, double to, int wantedTicks)
    {
        double first = Math.Floor(Math.Log10(low) + 1e-9), last = Math.Ceiling(Math.Log10(high) - 1e-9);
        last = Math.Max(last, first + 1);
        double every = Math.Ceiling((last - first) / Math.Max(wantedTicks, 1));
        var ticks = new List<double>();
        for (double exponent = first; exponent <= last; exponent += every)
        {
            double decade = Math.Pow(10, exponent);
            ticks.Add(decade);
            if (last - first <= 2 && exponent < last)
                ticks.AddRange([decade * 2, decade * 5]);
        }

        return new Scale(Math.Pow(10, first), Math.Pow(10, last), from, to, ticks, 1, isLog: true);
    }

    /// <summary>One place for each of <paramref name="count"/> categories, at 0, 1, 2, …</summary>
    public static Scale OverCategories(int count, double from, double to) =>
        new(-0.5, Math.Max(count, 1) - 0.5, from, to, [.. Enumerable.Range(0, count).Select(i => (double)i)], 1);

    /// <summary>Whether a value has a place in a picture: finite, and within <see cref="Bound"/>.</summary>
    public static bool CanShow(double value) => Math.Abs(value) <= Bound;

    public double ToPixel(double value) => From + Share(value) * (To - From);

    public string Label(double tick) => IsLog ? NiceTicks.LogLabel(tick) : NiceTicks.Label(tick, Step);

    private double Share(double value)
    {
        if (IsLog)
            return (Math.Log10(value) - Math.Log10(Low)) / (Math.Log10(High) - Math.Log10(Low));
        return (Math.Clamp(value, -Bound, Bound) - Low) / (High - Low);
    }
}
