using CmlNet.Reports.Comparison;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Sections;

/// <summary>Computed figures, beside the baseline's with interval and p when the rows are the same.</summary>
internal static class FigureTable
{
    /// <param name="figures">Of one file.</param>
    /// <param name="facts">With the tests.</param>
    public static TableBlock Of(IReadOnlyList<MetricChange> figures, ReportFacts facts)
    {
        bool compared = figures.Any(figure => figure.Old is not null);
        return new TableBlock
        {
            Columns = compared
                ? [new("Figure"), new("Baseline", IsNumeric: true), new("This", IsNumeric: true), new("Δ", IsNumeric: true), new("95 % interval of Δ"), new("Change")]
                : [new("Figure"), new("Value", IsNumeric: true)],
            Rows = [.. figures.Select(figure => compared ? Compared(figure, facts) : [figure.Name, Text(figure.New)])],
        };
    }

    private static string[] Compared(MetricChange figure, ReportFacts facts)
    {
        SignificanceResult? test = facts.Findings.Test(figure, wantsInterval: true);
        return [figure.Name, Text(figure.Old), Text(figure.New), ChangeText.Difference(figure), NoiseText.Interval(test?.Low, test?.High), figure.Old is null || figure.New is null ? "" : NoiseText.Outcome(facts, figure)];
    }

    private static string Text(Dvc.Values.DvcValue? value) => value is null ? "–" : FiveDigits.Format(value);
}
