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

    /// <summary>Null when there is neither a gate nor a comparison, and nothing to warn of.</summary>
    /// <param name="facts">What was found out.</param>
    /// <param name="unread">How many files could not be read.</param>
    public static ParagraphBlock? Build(ReportFacts facts, int unread)
    {
        IReadOnlyList<string> alarms = ReportAlarms.Of(facts, unread);
        if (facts.Gates.Count == 0 && facts.Baseline is null)
            return alarms.Count == 0 ? null : new ParagraphBlock(new TextRun("⚠️ " + string.Join(" · ", alarms), RunStyle.Strong));
        List<TextRun> runs = [new(Verdict(facts), RunStyle.Strong)];
        if (facts.Gates.Count > 0)
            runs.Add(new TextRun(" · " + Gates(facts.Gates)));
        if (alarms.Count > 0)
            runs.Add(new TextRun(" · ⚠️ " + string.Join(" · ", alarms)));
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
        _ => Balance(facts, facts.Metrics.Count > 0 ? facts.Metrics : facts.Findings.Figures),
    };

    // Without gates nobody said what passes.
    private static string Balance(ReportFacts facts, IReadOnlyList<MetricChange> metrics)
    {
        List<MetricChange> real = [.. metrics.Where(change => change.IsChanged && !NoiseText.IsNoise(facts, change))];
        int better = real.Count(change => change.IsBetter == true), worse = real.Count(change => change.IsBetter == false);
        if (better + worse == 0)
            return real.Count > 0 ? "Changed" : metrics.Any(change => change.IsChanged) ? "No change beyond noise" : "No metric changed";
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

    // What happened comes before what may be chance, unless nobody can say whether it is for the better.
    private static int Rank(MetricChange change, bool isGated, bool isNoise) => (isGated, isNoise, change.IsBetter) switch
    {
        (true, false, _) => 0,
        (_, false, not null) => 1,
        (true, true, _) => 2,
        (_, false, _) => 3,
        _ => 4,
    };

    private static void AddChanges(ReportFacts facts, List<TextRun> runs)
    {
        var gated = facts.Gates.Where(gate => gate.Gate.Subject == GateSubject.Metric).Select(gate => gate.Gate.Name).ToHashSet(StringComparer.Ordinal);
        HashSet<string> named = [.. facts.Metrics.Select(change => Findings.FigureNames.Canonical(change.Name))];
        var changes = facts.Metrics.Concat(facts.Findings.Figures.Where(figure => !named.Contains(figure.Name))).Where(change => change is { IsChanged: true, Difference: not null } && (change.Name != "mape" || change.New!.AsDouble < LargestPercentageError)) // a difference has both sides
            .OrderBy(change => Rank(change, gated.Contains(change.Name), NoiseText.IsNoise(facts, change)))
            .ThenByDescending(change => double.IsNaN(change.New!.AsDouble) ? double.PositiveInfinity : Math.Abs(change.Relative ?? double.MaxValue)) // as above
            .ThenBy(change => change.Name, StringComparer.Ordinal)
            .Take(MostChanges);
        foreach (MetricChange change in changes)
        {
            string amount = ChangeText.Relative(change) ?? ChangeText.Difference(change), outcome = change.IsBetter switch { true => "better", false => "worse", _ => "" };
            string what = NoiseText.IsNoise(facts, change) ? amount + ", within noise" : $"{amount} {outcome}".Trim();
            runs.Add(new TextRun($" · {(change.Name.Length == 0 ? change.File : change.Name)} {FiveDigits.Format(change.Old!)} → {FiveDigits.Format(change.New!)}{(what.Length == 0 ? "" : $" ({what})")}")); // as above
        }
    }
}
