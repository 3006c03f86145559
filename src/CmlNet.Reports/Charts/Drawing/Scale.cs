namespace CmlNet.Reports.Charts.Drawing;

/// <summary>Linear mapping of a data interval to pixels, with round tick values.</summary>
internal sealed class Scale
{
    /// <summary>Beyond this a difference of two values would overflow.</summary>
    public const double Bound = 1e300;

    private Scale(double low, double high, double from, double to, IReadOnlyList<double> ticks, double step)
    {
        Low = low;
        High = high;
        From = from;
        To = to;
        Ticks = ticks;
        Step = step;
    }

    public double Low { get; }

    public double High { get; }

    public double From { get; }

    public double To { get; }

    public IReadOnlyList<double> Ticks { get; }

    public double Step { get; }

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
            (low, high) = (Math.Floor(low / step + 1e-9) * step, Math.Ceiling(high / step - 1e-9) * step);
        return new Scale(low, high, from, to, NiceTicks.Between(low, high, step), step);
    }

    /// <summary>Whether a value has a place in a picture: finite, and within <see cref="Bound"/>.</summary>
    public static bool CanShow(double value) => Math.Abs(value) <= Bound;

    public double ToPixel(double value) => From + (Math.Clamp(value, -Bound, Bound) - Low) / (High - Low) * (To - From);

    public string Label(double tick) => NiceTicks.Label(tick, Step);
}
