using CmlNet.Reports.Comparison;
using CmlNet.Reports.Gates;
using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports;

/// <summary>The first line: verdict, gates, and the changes that matter most.</summary>
internal static class ReportSummary
{
    private const int MostChanges = 3;

    /// <summary>Above this a percentage error is that of a true value of 0, or nearly so, and its change says nothing.</summary>
    private const double LargestPercentageError = 1e4;

    /// <summary>Null when there is neither a gate nor a comparison.</summary>
    public static ParagraphBlock? Build(ReportFacts facts)
    {
        if (facts.Gates.Count == 0 && facts.Baseline is null)
            return null;
        List<TextRun> runs = [new(Verdict(facts), RunStyle.Strong)];
        if (facts.Gates.Count > 0)
            runs.Add(new TextRun(" · " + Gates(facts.Gates)));
        if (facts.Baseline is { Missing: { } missing })
            runs.Add(new TextRun(" · " + missing));
        else if (facts.Baseline is not null)
            AddChanges(facts, runs);
        return new ParagraphBlock([.. runs]);
    }

    private static string Verdict(ReportFacts facts) => facts switch
    {
        { Verdict: ReportVerdict.Failed } => "❌ Failed",
        { Verdict: ReportVerdict.Warned } => "⚠️ Passed with warnings",
        { Gates.Count: > 0 } => "✅ Passed",
        { Baseline.Missing: not null } => "Not compared",
        { Metrics.Count: 0, Findings.Figures.Count: 0 } => "No metrics to compare",
        _ => Balance(facts.Metrics),
    };

    // Without gates nobody said what passes.
    private static string Balance(IReadOnlyList<MetricChange> metrics)
    {
        int better = metrics.Count(change => change.IsBetter == true), worse = metrics.Count(change => change.IsBetter == false);
        if (better + worse == 0)
            return metrics.Any(change => change.IsChanged) ? "Changed" : "No metric changed";
        return worse == 0 ? $"{better} better" : better == 0 ? $"{worse} worse" : $"{better} better, {worse} worse";
    }

    private static string Gates(IReadOnlyList<GateResult> gates)
    {
        int passed = gates.Count(gate => gate.Passed == true), failed = gates.Count(gate => gate.Passed == false), open = gates.Count - passed - failed;
        string text = $"{passed} of {gates.Count} gates passed";
        if (failed > 0)
            text += $", failed: {string.Join(", ", gates.Where(gate => gate.Passed == false).Take(5).Select(gate => gate.Gate.Title))}{(failed > 5 ? $" and {failed - 5} more" : "")}";
        return open > 0 ? $"{text}, {open} not judged" : text;
    }

    private static void AddChanges(ReportFacts facts, List<TextRun> runs)
    {
        var gated = facts.Gates.Where(gate => gate.Gate.Subject == GateSubject.Metric).Select(gate => gate.Gate.Name).ToHashSet(StringComparer.Ordinal);
        HashSet<string> named = [.. facts.Metrics.Select(change => Findings.FigureNames.Canonical(change.Name))];
        var changes = facts.Metrics.Concat(facts.Findings.Figures.Where(figure => !named.Contains(figure.Name))).Where(change => change is { IsChanged: true, Difference: not null } && (change.Name != "mape" || change.New!.AsDouble < LargestPercentageError)) // a difference has both sides
            .OrderByDescending(change => gated.Contains(change.Name))
            .ThenBy(change => NoiseText.IsNoise(facts, change))
            .ThenByDescending(change => change.IsBetter is not null)
            .ThenByDescending(change => double.IsNaN(change.New!.AsDouble) ? double.PositiveInfinity : Math.Abs(change.Relative ?? double.MaxValue)) // as above
            .ThenBy(change => change.Name, StringComparer.Ordinal)
            .Take(MostChanges);
        foreach (MetricChange change in changes)
        {
            string outcome = NoiseText.IsNoise(facts, change) ? ", within noise" : change.IsBetter switch { true => " better", false => " worse", _ => "" };
            runs.Add(new TextRun($" · {(change.Name.Length == 0 ? change.File : change.Name)} {FiveDigits.Format(change.Old!)} → {FiveDigits.Format(change.New!)} ({ChangeText.Relative(change) ?? ChangeText.Difference(change)}{outcome})")); // as above
        }
    }
}
