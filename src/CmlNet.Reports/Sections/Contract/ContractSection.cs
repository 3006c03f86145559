using CmlNet.Reports.Contracts;
using CmlNet.Reports.Model;

namespace CmlNet.Reports.Sections.Contract;

/// <summary>The rules that the data breaks.</summary>
internal sealed class ContractSection : IReportSection
{
    private const int MostRows = 200;

    public string Name => "contract";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        List<ReportBlock> blocks = [.. SectionNotes.Failures(input, ContractReader.ReaderName)];
        foreach (ContractResult result in input.Facts.Findings.Contracts)
            Add(result, blocks);
        return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Data contract", Blocks = blocks };
    }

    private static void Add(ContractResult result, List<ReportBlock> blocks)
    {
        string broken = result.Violations.Count switch { 0 => "kept", 1 => "1 rule broken", _ => $"{result.Violations.Count} rules broken" };
        string learned = result.ReferenceFile is { } reference ? $", learned from {reference}" : "";
        blocks.Add(new ParagraphBlock(new TextRun($"{result.File}: {broken}", RunStyle.Strong), new TextRun($" ({result.Rows} rows, rules for {result.Columns} columns{learned}).")));
        if (result.Violations.Count > 0)
        {
            blocks.Add(new TableBlock
            {
                Columns = [new("Column"), new("Rule"), new("Found")],
                Rows = [.. result.Violations.Take(MostRows).Select(violation => (string[])[violation.Column, violation.Rule, violation.Found])],
            });
        }

        if (result.Violations.Count > MostRows)
            blocks.Add(new NoteBlock($"The first {MostRows} of {result.Violations.Count} are shown."));
        if (result.Unknown.Count > 0)
            blocks.Add(new NoteBlock($"Columns without a rule: {string.Join(", ", result.Unknown.Take(20))}{(result.Unknown.Count > 20 ? $" and {result.Unknown.Count - 20} more" : "")}."));
    }
}
