using CmlNet.Reports.Baselines;
using CmlNet.Reports.Comparison;
using CmlNet.Reports.Configuration;
using CmlNet.Reports.Findings;

namespace CmlNet.Reports.Gates;

/// <summary>Looks up the number each gate is about.</summary>
/// <param name="metrics">From metrics files first, then what was computed from predictions.</param>
/// <param name="baseline">For the other side's file sizes; null when there is none.</param>
/// <param name="directory">Absolute; files of size gates are relative to it.</param>
/// <param name="findings">What else a gate may be about.</param>
internal sealed class GateNumbers(IReadOnlyList<MetricChange> metrics, ReportFindings findings, BaselineFiles? baseline, string directory)
{
    /// <summary>Looks the number up and judges it.</summary>
    public GateResult Judge(Gate gate, string? missingBaseline) =>
        gate.Subject == GateSubject.Slice ? SliceGate.Judge(gate, [.. findings.Slices], missingBaseline) : GateEvaluation.Judge(gate, Of(gate), missingBaseline);

    private GateNumber Of(Gate gate) => gate.Subject switch
    {
        GateSubject.Size => Size(gate),
        GateSubject.Drift => findings.Drift.Count == 0 ? new GateNumber(null, Missing: "no drift was measured; add a drift section")
            : new GateNumber(findings.Drift.Max(drift => drift.Share), Missing: "no column could be tested"),
        GateSubject.Contract => findings.Contracts.Count == 0 ? new GateNumber(null, Missing: "no data contract was checked; add a contract section")
            : new GateNumber(findings.Contracts.Sum(contract => contract.Violations.Count)),
        GateSubject.Latency => findings.Latency.FirstOrDefault(one => gate.File is null || one.File == gate.File) is { } latency
            ? new GateNumber(latency.Figures[gate.Name], latency.Old?[gate.Name], "no such figure")
            : new GateNumber(null, Missing: "no latency was measured; add a latency section"),
        _ => Metric(gate),
    };

    private GateNumber Metric(Gate gate)
    {
        var candidates = metrics.Where(change => change.Name == gate.Name && (gate.File is null || change.File == gate.File || change.Source == gate.File)).ToList();
        if (candidates.Count == 0 && gate.File is null)
            candidates = [.. metrics.Where(change => change.Name.Length > gate.Name.Length && change.Name[^(gate.Name.Length + 1)] is '.' or '/' && change.Name.EndsWith(gate.Name, StringComparison.Ordinal))];
        if (candidates.Count == 0)
            return new GateNumber(null, Missing: $"no such metric{Suggestion.For(gate.Name, metrics.Select(change => change.Name))}");
        // A value computed from predictions stands behind the files, so the first file that has it wins; two files disagreeing is the user's to settle.
        var files = candidates.Where(change => change.New is not null).Select(change => (change.File, change.Name)).Distinct().ToList();
        if (files.Count > 1 && candidates.Select(change => change.New?.AsDouble).Distinct().Count() > 1 && gate.File is null && candidates.Any(change => change.Name != gate.Name))
            return new GateNumber(null, Missing: $"{files.Count} metrics have this name ({string.Join(", ", files.Take(4).Select(file => $"{file.File}: {file.Name}"))}); write it in full");
        MetricChange found = candidates.Find(change => change.New is not null) ?? candidates[0];
        double? old = found.Old is { IsNumeric: true } before ? before.AsDouble : null;
        return found.New switch
        {
            { IsNumeric: true } now => Tested(new GateNumber(now.AsDouble, old) { Direction = found.Direction }, found),
            null => new GateNumber(null, old, "the baseline has it, this run does not"),
            _ => new GateNumber(null, old, "the metric is not a number"),
        };
    }

    private GateNumber Tested(GateNumber number, MetricChange change)
    {
        string? refusal = findings.Classification.Select(one => one.Refusal).Concat(findings.Regression.Select(one => one.Refusal)).FirstOrDefault(why => why is not null);
        SignificanceResult? test = findings.Test(change, wantsInterval: false), interval = findings.Test(change, wantsInterval: true);
        return number with
        {
            P = test?.P,
            Interval = interval is { Low: { } low, High: { } high } ? (low, high) : null,
            Untested = refusal is null ? number.Untested : $"the change was not tested: not the same rows ({refusal})",
        };
    }

    private GateNumber Size(Gate gate)
    {
        var file = new FileInfo(Path.GetFullPath(gate.Name, directory));
        try
        {
            return file.Exists
                ? new GateNumber(file.Length, baseline?.Length(file.FullName))
                : new GateNumber(null, Missing: "no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new GateNumber(null, Missing: e.Message);
        }
    }
}
