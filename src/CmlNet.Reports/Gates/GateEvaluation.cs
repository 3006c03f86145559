using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Gates;

/// <summary>Holds one number against one gate. A missing or undefined number fails; a change without a baseline is not judged.</summary>
internal static class GateEvaluation
{
    /// <summary>0.92 - 0.90 is a little more than 0.02 in binary; a limit is not meant that finely.</summary>
    public const double Tolerance = 1e-12;

    public static GateResult Judge(Gate gate, GateNumber number, string? missingBaseline)
    {
        var result = new GateResult { Gate = gate, Value = number.Value, Baseline = number.Baseline, P = number.P, Interval = number.Interval, Limit = Limits(gate) };
        if (number.Value is not { } value)
            return result with { Passed = false, Reason = number.Missing };
        if (double.IsNaN(value))
            return result with { Passed = false, Reason = "the value is NaN" };
        var reasons = new List<string>();
        if (value < gate.Min - Slack(gate.Min))
            reasons.Add($"below {Text(gate, gate.Min)}");
        if (value > gate.Max + Slack(gate.Max))
            reasons.Add($"above {Text(gate, gate.Max)}");
        GateResult changed = gate.IsAboutChange ? ChangeEvaluation.Judge(gate, number, value, missingBaseline, result) : result with { Passed = true };
        if (reasons.Count == 0)
            return changed;
        return result with { Passed = false, Reason = string.Join(", ", changed.Passed == false ? [.. reasons, changed.Reason] : reasons) };
    }

    /// <summary>The gate's limits in words.</summary>
    public static string Limits(Gate gate)
    {
        var parts = new List<string>();
        if (gate.Min is not null)
            parts.Add($"≥ {Text(gate, gate.Min)}");
        if (gate.Max is not null)
            parts.Add($"≤ {Text(gate, gate.Max)}");
        if (gate.MaxDrop is not null)
            parts.Add($"drop ≤ {gate.MaxDrop}");
        if (gate.MaxRise is not null)
            parts.Add($"rise ≤ {gate.MaxRise}");
        if (gate.Significance is { } level)
            parts.Add($"{(parts.Count == 0 ? "no worse" : "unless by chance")} at p < {FiveDigits.Format(level)}");
        if (gate.Margin is { } margin)
            parts.Add($"interval above -{FiveDigits.Format(margin)}");
        if (gate.Subject == GateSubject.Slice)
            parts.Add($"for n ≥ {gate.MinN ?? Findings.SliceResult.SmallCount}");
        return parts.Count == 0 ? "required" : string.Join(", ", parts);
    }

    /// <summary>A value with the unit of what the gate is about.</summary>
    public static string Text(Gate gate, double? value) => value is not { } number ? "–" : gate.Subject switch
    {
        GateSubject.Size => ByteText.Of(number),
        GateSubject.Latency => FiveDigits.Format(number) + " ms",
        _ => FiveDigits.Format(number),
    };

    private static double Slack(double? limit) => Tolerance * Math.Abs(limit ?? 0);
}
