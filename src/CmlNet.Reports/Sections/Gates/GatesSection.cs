using CmlNet.Reports.Comparison;
using CmlNet.Reports.Gates;
using CmlNet.Reports.Model;

namespace CmlNet.Reports.Sections.Gates;

/// <summary>Every gate with the number it judged, and below the table, which has no room for it, why one did not pass. The verdict stands in front, where a phone shows it.</summary>
internal sealed class GatesSection : IReportSection
{
    public string Name => "gates";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        IReadOnlyList<GateResult> gates = input.Facts.Gates;
        if (gates.Count == 0)
            return null;
        bool tested = gates.Any(gate => gate.P is not null);
        var table = new TableBlock
        {
            Columns = [new("Gate"), new("Verdict"), new("Baseline", IsNumeric: true), new("This", IsNumeric: true), new("Δ", IsNumeric: true), new("Δ %", IsNumeric: true), .. tested ? [new TableColumn("95 % interval, p")] : Array.Empty<TableColumn>(), new("Limit")],
            Rows = [.. gates.Select(gate => Row(gate, tested))],
        };
        IEnumerable<NoteBlock> reasons = gates.Where(gate => gate.Reason.Length > 0).GroupBy(gate => (Mark: Mark(gate), gate.Reason))
            .Select(group => new NoteBlock($"{group.Key.Mark} {string.Join(", ", group.Select(gate => gate.Gate.Title))}: {group.Key.Reason}"));
        return new ReportSection { Name = Name, Title = "Gates", Blocks = [table, .. reasons] };
    }

    private static string[] Row(GateResult result, bool tested)
    {
        var change = new MetricChange
        {
            File = "", Name = "",
            Old = result.Baseline is { } old ? Dvc.Values.DvcValue.Of(old) : null,
            New = result.Value is { } now ? Dvc.Values.DvcValue.Of(now) : null,
        };
        string difference = change.Difference is { } d && result.Gate.Subject is GateSubject.Size or GateSubject.Latency ? (d > 0 ? "+" : "") + GateEvaluation.Text(result.Gate, d) : ChangeText.Difference(change);
        return [result.Gate.Title, Verdict(result), GateEvaluation.Text(result.Gate, result.Baseline), GateEvaluation.Text(result.Gate, result.Value), difference, ChangeText.Relative(change) ?? "", .. tested ? [Test(result)] : Array.Empty<string>(), result.Limit];
    }

    private static string Test(GateResult result)
    {
        string interval = NoiseText.Interval(result.Interval?.Low, result.Interval?.High), p = result.P is { } chance ? NoiseText.Chance(chance) : "";
        return interval.Length > 0 && p.Length > 0 ? $"{interval}, {p}" : interval + p;
    }

    private static string Verdict(GateResult result) => $"{Mark(result)} {(result.Passed switch { true => "passed", null => "not judged", false => "failed" })}";

    private static string Mark(GateResult result) => result switch
    {
        { Passed: true } => "✅",
        { Passed: null } or { Gate.Level: GateLevel.Warn } => "⚠️",
        _ => "❌",
    };
}
