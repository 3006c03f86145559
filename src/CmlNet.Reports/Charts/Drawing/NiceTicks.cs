using System.Globalization;

namespace CmlNet.Reports.Charts.Drawing;

/// <summary>Tick values at 1, 2 or 5 times a power of ten (Heckbert, Graphics Gems, 1990).</summary>
internal static class NiceTicks
{
    public static double Step(double range, int wanted)
    {
        double raw = Math.Max(range / Math.Max(wanted, 1), double.Epsilon * 1e10);
        double magnitude = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double share = raw / magnitude;
        double nice = share <= 1.0000001 ? 1 : share <= 2.0000001 ? 2 : share <= 5.0000001 ? 5 : 10;
        return nice * magnitude;
    }

    public static IReadOnlyList<double> Between(double low, double high, double step)
    {
        var ticks = new List<double>();
        double first = Math.Ceiling(low / step - 1e-9);
        for (int i = 0; i < 100; i++)
        {
            double tick = (first + i) * step;
            if (tick > high + step * 1e-6)
                break;
            ticks.Add(Math.Abs(tick) < step * 1e-9 ? 0 : tick);
        }

        return ticks;
    }

    /// <summary>As many decimals as the step needs, no more; a power of ten where that would be longer than eleven characters.</summary>
    public static string Label(double tick, double step)
    {
        if (tick == 0)
            return "0";
        int decimals = (int)Math.Clamp(Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 300);
        double whole = Math.Max(1, Math.Floor(Math.Log10(Math.Abs(tick)) + 1));
        if (whole + decimals <= 11 && decimals <= 9)
            return tick.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        int digits = Math.Clamp((int)Math.Ceiling(Math.Log10(Math.Abs(tick) / step)), 0, 8);
        return tick.ToString("0." + new string('#', digits) + "e+0", CultureInfo.InvariantCulture);
    }

    /// <summary>A tick of a logarithmic axis: plain digits from 0.001 to 99999, else a power of ten.</summary>
    public static string LogLabel(double tick)
    {
        double exponent = Math.Floor(Math.Log10(tick) + 1e-9), factor = Math.Round(tick / Math.Pow(10, exponent));
        return exponent is >= -3 and < 5
            ? tick.ToString(exponent < 0 ? "F" + (-exponent).ToString(CultureInfo.InvariantCulture) : "0", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{factor:0}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):0}");
    }
}
