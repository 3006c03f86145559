using CmlNet.Reports.Comparison;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports;

/// <summary>Whether chance could explain a change, said beside it. Chance is what has a p of 0.05 or more.</summary>
internal static class NoiseText
{
    private const double Level = 0.05;

    /// <summary>False when the change was not tested.</summary>
    public static bool IsNoise(ReportFacts facts, MetricChange change) => change.Difference is not null && facts.Findings.Test(change, wantsInterval: false) is { P: >= Level };

    /// <summary>The outcome of a change, with its p when it was tested.</summary>
    public static string Outcome(ReportFacts facts, MetricChange change)
    {
        string outcome = ChangeText.Outcome(change);
        if (change.Difference is null || !change.IsChanged || facts.Findings.Test(change, wantsInterval: false) is not { } test)
            return outcome;
        string p = Chance(test.P);
        return test.P >= Level ? $"within noise ({p})" : outcome.Length == 0 ? p : $"{outcome} ({p})";
    }

    /// <summary><c>p = 0.032</c>; small ones as a bound.</summary>
    public static string Chance(double p) => p < 0.001 ? "p < 0.001" : "p = " + FiveDigits.Format(Math.Round(p, 3));

    /// <summary><c>-0.01 to +0.02</c>; empty without an interval.</summary>
    public static string Interval(double? low, double? high) => low is { } from && high is { } to ? $"{Signed(from)} to {Signed(to)}" : "";

    private static string Signed(double value)
    {
        string text = FiveDigits.Format(double.Parse(value.ToString("G3", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture));
        return value > 0 ? "+" + text : text;
    }
}
