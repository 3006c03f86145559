using CmlNet.Reports.Comparison;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Gates;

/// <summary>Holds a change against the limits on it: how far it may go, whether chance could explain it, and what its interval may reach.</summary>
internal static class ChangeEvaluation
{
    public static GateResult Judge(Gate gate, GateNumber number, double value, string? missingBaseline, GateResult result)
    {
        if (number.Baseline is not { } baseline || double.IsNaN(baseline))
            return result with { Reason = missingBaseline ?? "the baseline has no such value" };
        List<string> reasons = [.. Moves(gate, value, baseline)];
        bool limited = gate.MaxDrop is not null || gate.MaxRise is not null;
        if (!limited && gate.Significance is not null && Worsening(number.Direction, value - baseline) is null)
            return result with { Reason = "whether more is better is not known; say so with higher-is-better or lower-is-better" };
        if (!limited && gate.Significance is not null && Worsening(number.Direction, value - baseline) == true)
            reasons.Add("worse");
        if (reasons.Count > 0 && gate.Significance is { } level)
        {
            if (number.P is not { } p)
                return result with { Reason = $"{string.Join(", ", reasons)}; {number.Untested}" };
            reasons = p < level ? [$"{string.Join(", ", reasons)}, p = {FiveDigits.Format(p)}"] : [];
        }

        if (gate.Margin is { } margin)
        {
            if (number.Interval is not { } interval)
                return reasons.Count > 0 ? Fail(reasons) : result with { Reason = number.Untested };
            if (number.Direction == MetricDirection.Unknown)
                return result with { Reason = "whether more is better is not known; say so with higher-is-better or lower-is-better" };
            double worst = number.Direction == MetricDirection.Down ? -interval.High : interval.Low;
            if (worst <= -margin)
                reasons.Add($"may be worse by {FiveDigits.Format(-worst)}, allowed {FiveDigits.Format(margin)}");
        }

        return reasons.Count > 0 ? Fail(reasons) : result with { Passed = true };

        GateResult Fail(List<string> why) => result with { Passed = false, Reason = string.Join(", ", why) };
    }

    private static IEnumerable<string> Moves(Gate gate, double value, double baseline)
    {
        double change = value - baseline;
        if (gate.MaxDrop is { } drop && -change > Allowed(drop, baseline))
            yield return $"fell by {Amount(gate, -change, baseline, drop)}, allowed {drop}";
        if (gate.MaxRise is { } rise && change > Allowed(rise, baseline))
            yield return $"rose by {Amount(gate, change, baseline, rise)}, allowed {rise}";
    }

    private static bool? Worsening(MetricDirection direction, double change) => direction switch
    {
        MetricDirection.Up => change < 0,
        MetricDirection.Down => change > 0,
        _ => change == 0 ? false : null,
    };

    private static double Allowed(ChangeLimit limit, double baseline)
    {
        double allowed = limit.IsRelative ? limit.Value * Math.Abs(baseline) : limit.Value;
        return allowed + GateEvaluation.Tolerance * Math.Max(Math.Abs(baseline), allowed);
    }

    private static string Amount(Gate gate, double change, double baseline, ChangeLimit limit) =>
        limit.IsRelative && baseline != 0 ? FiveDigits.Format(change / Math.Abs(baseline) * 100) + " %" : GateEvaluation.Text(gate, change);
}
