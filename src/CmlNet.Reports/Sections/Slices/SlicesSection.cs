using System.Globalization;
using CmlNet.Reports.Comparison;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Sections.Slices;

/// <summary>One row for each slice, the most harmed first: the figure that counts with its interval and change, and one or two more.</summary>
internal sealed class SlicesSection : IReportSection
{
    private const int FoldFrom = 12;
    private const int MostRows = 200;
    private static readonly string[] Beside = ["f1", "roc_auc", "rmse", "r2"];

    public string Name => "slices";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        List<ReportBlock> blocks = [];
        foreach (IGrouping<string, SliceResult> file in input.Facts.Findings.Slices.GroupBy(slice => slice.File, StringComparer.Ordinal))
            Add([.. file], file.Key, blocks);
        return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Slices", Blocks = blocks };
    }

    private static void Add(List<SliceResult> results, string file, List<ReportBlock> blocks)
    {
        string main = results[0].Metric;
        var slices = results.Where(slice => slice.Metric == main).ToList();
        bool compared = slices.Any(slice => slice.Old is not null);
        string[] beside = [.. Beside.Where(name => results.Any(slice => slice.Metric == name && slice.New is not null)).Take(2)];
        int regressed = slices.Count(slice => slice.HasRegressed);
        string verdict = !compared ? $"{main} on all rows of {file}: {Figure(slices[0].Whole)}." : regressed == 0 ? $"No slice of {file} got worse by more than chance explains." : $"{(regressed == 1 ? "1 slice" : $"{regressed} slices")} of {file} got worse by more than chance explains.";
        blocks.Add(new ParagraphBlock(new TextRun(verdict, compared && regressed > 0 ? RunStyle.Strong : RunStyle.Plain)));
        List<TableColumn> columns = [new("Slice"), new("n", IsNumeric: true), new(main, IsNumeric: true), new("95 % interval")];
        if (compared)
            columns.AddRange([new("Baseline", IsNumeric: true), new("Δ", IsNumeric: true), new("p, adjusted")]);
        else
            columns.AddRange(beside.Select(name => new TableColumn(name, IsNumeric: true)));
        HashSet<int> few = slices.Take(MostRows).Select((slice, i) => (slice, i)).Where(one => one.slice.Count < SliceResult.SmallCount).Select(one => one.i).ToHashSet();
        blocks.Add(new TableBlock
        {
            Columns = columns,
            Rows = [.. slices.Take(MostRows).Select(slice => Row(slice, compared, compared ? [] : Figures(slice)))],
            FaintRows = few,
            CollapsedUnder = slices.Count > FoldFrom ? $"{slices.Count} slices" : null,
        });
        // Beside the comparison there is no room for them.
        if (compared && beside.Length > 0)
        {
            blocks.Add(new TableBlock
            {
                Columns = [columns[0], columns[1], .. beside.Select(name => new TableColumn(name, IsNumeric: true))],
                Rows = [.. slices.Take(MostRows).Select(slice => (string[])[Title(slice), Count(slice), .. Figures(slice)])],
                FaintRows = few,
                CollapsedUnder = $"{string.Join(" and ", beside)} of the slices",
            });
        }

        if (slices.Count > MostRows)
            blocks.Add(new NoteBlock($"The first {MostRows} of {slices.Count} slices are shown."));
        if (slices.Any(slice => slice.Count < SliceResult.SmallCount))
            blocks.Add(new NoteBlock($"Slices marked (few) have fewer than {SliceResult.SmallCount} rows; their figures say little."));

        string[] Figures(SliceResult slice) => [.. beside.Select(name => Figure(results.Find(one => one.Metric == name && one.Column == slice.Column && one.Value == slice.Value)?.New))];
    }

    private static string[] Row(SliceResult slice, bool compared, string[] beside)
    {
        bool few = slice.Count < SliceResult.SmallCount;
        string interval = slice is { Low: { } low, High: { } high } ? $"{Figure(Math.Round(low, 4))} to {Figure(Math.Round(high, 4))}" : "";
        string change = slice is { New: { } now, Old: { } old } ? ChangeText.Difference(now - old, Math.Max(Math.Abs(now), Math.Abs(old))) : "";
        string p = slice.AdjustedP is { } adjusted ? NoiseText.Chance(adjusted) + (adjusted < 0.05 && !few ? slice.Harm > 0 ? " ▼ worse" : " ▲ better" : "") : "";
        return
        [
            Title(slice), Count(slice), Figure(slice.New), interval,
            .. compared ? [Figure(slice.Old), change, p] : Array.Empty<string>(),
            .. beside,
        ];
    }

    private static string Title(SliceResult slice) => $"{slice.Column} = {slice.Value}";

    private static string Count(SliceResult slice) => slice.Count.ToString(CultureInfo.InvariantCulture) + (slice.Count < SliceResult.SmallCount ? " (few)" : "");

    private static string Figure(double? value) => value is { } number ? FiveDigits.Format(number) : "–";
}
