using System.Globalization;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Comparison;

/// <summary>Changes as cells show them.</summary>
internal static class ChangeText
{
    /// <summary>Signed, with no more decimals than the values are shown with; empty when there is none, or no number.</summary>
    public static string Difference(MetricChange change) =>
        change.Difference is { } difference && double.IsFinite(difference) ? Difference(difference, Math.Max(Math.Abs(change.Old!.AsDouble), Math.Abs(change.New!.AsDouble))) : ""; // a difference has both sides

    /// <summary>As above, of values up to a magnitude.</summary>
    public static string Difference(double difference, double largest)
    {
        // Five significant digits of the larger value; further ones of the difference would belong to no digit that can be seen.
        int decimals = largest == 0 ? 0 : Math.Clamp(4 - (int)Math.Floor(Math.Log10(largest)), 0, 15);
        double shown = Math.Round(difference, decimals);
        return Signed(shown == 0 && difference != 0 ? FiveDigits.Format(difference, 2) : FiveDigits.Format(shown), difference);
    }

    /// <summary>Signed percentage with one decimal, or two digits when small; null when undefined.</summary>
    public static string? Relative(MetricChange change)
    {
        if (change.Relative is not { } relative)
            return null;
        double percent = relative * 100;
        string format = Math.Abs(percent) switch
        {
            0 or (>= 0.05 and < 1e6) => "0.0",
            >= 0.0005 and < 1 => percent is > -0.005 and < 0.005 ? "0.0000" : "0.000",
            _ => "0.#e+0",
        };
        return Signed(percent.ToString(format, CultureInfo.InvariantCulture), percent) + " %";
    }

    /// <summary><c>better</c>, <c>worse</c>, <c>new</c>, <c>gone</c>, or nothing.</summary>
    public static string Outcome(MetricChange change) => change switch
    {
        { Old: null } => "new",
        { New: null } => "gone",
        { IsBetter: true } => "▲ better",
        { IsBetter: false } => "▼ worse",
        _ => "",
    };

    private static string Signed(string text, double value) => value > 0 ? "+" + text : text;
}
