using CmlNet.Reports.Comparison;
using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;
using CmlNet.Reports.Performance;

namespace CmlNet.Reports.Sections.Sizes;

/// <summary>Sizes of model and artifacts.</summary>
internal sealed class SizesSection : IReportSection
{
    private const int MostRows = 100;

    public string Name => "sizes";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        List<ReportBlock> blocks = [.. SectionNotes.Failures(input, SizeReader.ReaderName)];
        IReadOnlyList<SizeResult> sizes = input.Facts.Findings.Sizes;
        bool compared = sizes.Any(size => size.Old is not null);
        if (sizes.Count > 0)
        {
            blocks.Add(new TableBlock
            {
                Columns = compared ? [new("File"), new("Baseline", IsNumeric: true), new("This", IsNumeric: true), new("Δ", IsNumeric: true), new("Δ %", IsNumeric: true)] : [new("File"), new("Size", IsNumeric: true)],
                Rows = [.. sizes.Take(MostRows).Select(size => Row(size, compared))],
            });
        }

        if (sizes.Count > MostRows)
            blocks.Add(new NoteBlock($"The first {MostRows} of {sizes.Count} files are shown."));
        return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Sizes", Blocks = blocks };
    }

    private static string[] Row(SizeResult size, bool compared)
    {
        if (!compared)
            return [size.File, ByteText.Of(size.Bytes)];
        if (size.Old is not { } old)
            return [size.File, "–", ByteText.Of(size.Bytes), "", ""];
        var change = new MetricChange { File = "", Name = "", Old = Dvc.Values.DvcValue.Of(old), New = Dvc.Values.DvcValue.Of(size.Bytes) };
        return [size.File, ByteText.Of(old), ByteText.Of(size.Bytes), (size.Bytes > old ? "+" : "") + ByteText.Of(size.Bytes - old), ChangeText.Relative(change) ?? ""];
    }
}
