using System.Globalization;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;
using CmlNet.Reports.Readers.JUnit;

namespace CmlNet.Reports.Sections.Tests;

/// <summary>How many tests passed, and those that did not.</summary>
internal sealed class TestsSection : IReportSection
{
    private const int MostRows = 50;

    public string Name => "tests";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        List<ReportBlock> blocks = [.. SectionNotes.Failures(input, JUnitReader.ReaderName)];
        foreach (TestsResult result in input.Facts.Findings.Tests)
            Add(result, blocks);
        return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Tests", Blocks = blocks };
    }

    private static void Add(TestsResult result, List<ReportBlock> blocks)
    {
        TestsArtifact tests = result.Tests;
        long failed = tests.Failed + tests.Errors;
        string took = tests.Seconds > 0 ? $" in {FiveDigits.Format(Math.Round(tests.Seconds, 2))} s" : "";
        string before = result.Old is { } old ? $"; the baseline had {old.Total} tests, {old.Failed + old.Errors} failed" : "";
        blocks.Add(new ParagraphBlock(
            new TextRun(failed == 0 ? $"{tests.Passed} of {tests.Total} tests passed" : $"{failed} of {tests.Total} tests failed", RunStyle.Strong),
            new TextRun(string.Create(CultureInfo.InvariantCulture, $"{took}, {tests.Skipped} skipped ({tests.Path}){before}."))));
        if (failed == 0)
            return;
        blocks.Add(new TableBlock
        {
            Columns = [new("Test"), new("Outcome"), new("Message")],
            Rows = [.. tests.Unsuccessful.OrderByDescending(test => result.Broken.Contains(test.Name)).Take(MostRows).Select(test => (string[])[test.Name, Outcome(test, result), test.Message.AsSpan().Trim().ToString().Split('\n')[0]])],
        });
        if (failed > MostRows)
            blocks.Add(new NoteBlock($"The first {MostRows} of {failed} are shown."));
    }

    private static string Outcome(TestCase test, TestsResult result) => (test.Outcome == TestOutcome.Error ? "error" : "failed") + (result.Broken.Contains(test.Name) ? ", not in the baseline" : "");
}
