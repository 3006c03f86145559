using System.Globalization;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Comparison;

/// <summary>Changes as cells show them.</summary>
internal static class ChangeText
{
    /// <summary>Signed, five significant digits; empty when there is none, or no number.</summary>
    public static string Difference(MetricChange change) => change.Difference is { } difference && double.IsFinite(difference) ? Signed(FiveDigits.Format(difference), difference) : "";

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
