using CmlNet.Reports.Findings;
using CmlNet.Reports.Gates;

namespace CmlNet.Reports;

/// <summary>What the first line must not keep quiet about though no gate judges it: whoever reads no further would think that all is well.</summary>
internal static class ReportAlarms
{
    /// <param name="facts">What was found out.</param>
    /// <param name="unread">How many files could not be read.</param>
    public static IReadOnlyList<string> Of(ReportFacts facts, int unread)
    {
        List<string> alarms = [];
        if (unread > 0)
            alarms.Add(unread == 1 ? "1 file not read" : $"{unread} files not read");
        int broken = facts.Findings.Contracts.Sum(contract => contract.Violations.Count);
        if (broken > 0 && !IsJudged(facts, GateSubject.Contract))
            alarms.Add(broken == 1 ? "1 rule of the data contract broken" : $"{broken} rules of the data contract broken");
        if (facts.Findings.Drift.FirstOrDefault(drift => drift.IsDrifted) is { } drifted && !IsJudged(facts, GateSubject.Drift))
            alarms.Add($"data drifted ({drifted.Drifted} of {drifted.Columns.Count} columns)");
        foreach (TestsResult tests in facts.Findings.Tests.Where(tests => tests.Tests.Failed + tests.Tests.Errors > 0))
            alarms.Add($"{tests.Tests.Failed + tests.Tests.Errors} of {tests.Tests.Total} tests failed");
        // By the figure that leads the table: others say much the same again.
        int worse = facts.Findings.Slices.GroupBy(slice => slice.File, StringComparer.Ordinal).Sum(file => file.Count(slice => slice.Metric == file.First().Metric && slice.HasRegressed));
        if (worse > 0)
            alarms.Add(worse == 1 ? "1 slice got worse" : $"{worse} slices got worse");
        return alarms;
    }

    private static bool IsJudged(ReportFacts facts, GateSubject subject) => facts.Gates.Any(gate => gate.Gate.Subject == subject);
}
