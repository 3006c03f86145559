using CmlNet.Reports.Comparison;
using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;
using CmlNet.Reports.Performance;

namespace CmlNet.Reports.Sections.Latency;

/// <summary>Percentiles of measured times, and what the run cost as far as it was recorded.</summary>
internal sealed class LatencySection : IReportSection
{
    private static readonly string[] Figures = ["p50", "p95", "p99", "mean"];

    public string Name => "latency";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        List<ReportBlock> blocks = [.. SectionNotes.Failures(input, LatencyReader.ReaderName), .. input.Artifacts.OfType<LatencyArtifact>().SelectMany(SectionNotes.Warnings)];
        List<string[]> rows = [];
        bool compared = input.Facts.Findings.Latency.Any(one => one.Old is not null);
        foreach (LatencyResult result in input.Facts.Findings.Latency)
        {
            rows.AddRange(Figures.Select(name => Row($"{result.File} {name}", result.Old?[name], result.Figures[name], " ms", compared)));
            if (result.Figures.Count < LatencyFigures.FewForP99)
                blocks.Add(new NoteBlock($"{result.File} has {result.Figures.Count} samples; with fewer than {LatencyFigures.FewForP99} the 99th percentile says little."));
        }

        if (rows.Count == 0)
            return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Performance", Blocks = blocks };
        rows.AddRange(ResourceMetrics.Of(input.Facts.Metrics).Select(change => Row(change.Name, change.Old?.AsDouble, change.New?.AsDouble, "", compared)));
        long samples = input.Facts.Findings.Latency.Sum(one => one.Figures.Count);
        blocks.Insert(0, new TableBlock
        {
            Columns = compared ? [new($"Figure ({samples} samples)"), new("Baseline", IsNumeric: true), new("This", IsNumeric: true), new("Δ", IsNumeric: true), new("Δ %", IsNumeric: true)] : [new($"Figure ({samples} samples)"), new("Value", IsNumeric: true)],
            Rows = rows,
        });
        return new ReportSection { Name = Name, Title = "Performance", Blocks = blocks };
    }

    private static string[] Row(string name, double? old, double? now, string unit, bool compared)
    {
        var change = new MetricChange { File = "", Name = name, Old = Value(old), New = Value(now) };
        return compared ? [name, Text(old, unit), Text(now, unit), WithUnit(ChangeText.Difference(change), unit), ChangeText.Relative(change) ?? ""] : [name, Text(now, unit)];
    }

    private static string WithUnit(string difference, string unit) => difference.Any(char.IsAsciiDigit) ? difference + unit : difference;

    private static Dvc.Values.DvcValue? Value(double? value) => value is { } number ? Dvc.Values.DvcValue.Of(number) : null;

    private static string Text(double? value, string unit) => value is { } number ? FiveDigits.Format(number) + unit : "–";
}
