using CmlNet.Reports.Findings;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Gates;

/// <summary>Holds every slice of a column against one gate: the worst of them is the gate's value.</summary>
internal static class SliceGate
{
    private const int MostNamed = 5;

    public static GateResult Judge(Gate gate, IReadOnlyList<SliceResult> slices, string? missingBaseline)
    {
        var result = new GateResult { Gate = gate, Limit = GateEvaluation.Limits(gate) };
        int least = gate.MinN ?? SliceResult.SmallCount;
        var all = slices.Where(slice => slice.Column == gate.Slice && slice.Metric == gate.Name && (gate.File is null || slice.File == gate.File)).ToList();
        if (all.Count == 0)
            return result with { Passed = false, Reason = $"no slices of {gate.Slice} with {gate.Name}; name the column in slices of a classification or regression section" };
        var judged = all.Where(slice => slice.Count >= least)
            .Select(slice => (Slice: slice, Result: GateEvaluation.Judge(gate, new GateNumber(slice.New, slice.Old, "undefined") { P = slice.AdjustedP ?? slice.P, Direction = slice.Direction }, missingBaseline)))
            .OrderByDescending(one => one.Result.Passed == false).ThenByDescending(one => one.Result.Passed is null).ThenByDescending(one => one.Slice.Harm).ToList();
        int small = all.Count - judged.Count;
        string left = small == 0 ? "" : $"{small} of {all.Count} slices have fewer than {least} rows";
        if (judged.Count == 0)
            return result with { Reason = left };
        (SliceResult worst, GateResult outcome) = judged[0];
        var failed = judged.Where(one => one.Result.Passed == false).ToList();
        string named = string.Join("; ", failed.Take(MostNamed).Select(one => $"{one.Slice.Value} {(one.Slice.New is { } value ? FiveDigits.Format(value) : "–")} (n {one.Slice.Count}): {one.Result.Reason}"));
        string more = failed.Count > MostNamed ? $" and {failed.Count - MostNamed} more" : "";
        string reason = failed.Count > 0 ? named + more : outcome.Passed is null ? outcome.Reason : "";
        return outcome with { Gate = gate, Value = worst.New, Baseline = worst.Old, Reason = reason.Length == 0 || left.Length == 0 ? reason : $"{reason}; {left}" };
    }
}
