using CmlNet.Reports.Charts.Drawing;

namespace CmlNet.Reports.Charts.Rates;

/// <summary>Precision by recall, with the share of positives as the line without skill.</summary>
internal sealed class PrecisionRecallChart : IChart
{
    public string Name => PrecisionRecallChartData.KindName;

    public string Describe(ChartData data) => RatePlot.Describe("Precision-recall curve", Cast(data).Title, Cast(data).Curves, "average precision");

    public string Render(ChartData data, ChartTheme theme)
    {
        PrecisionRecallChartData curves = Cast(data);
        var plot = new RatePlot(theme, curves.Title, Describe(data), ("recall", "precision"), RatePlot.Entries(curves.Curves, "AP"));
        foreach (double prevalence in curves.Curves.Select(curve => curve.Prevalence).OfType<double>().Where(double.IsFinite).Distinct())
            plot.Reference(prevalence, prevalence);
        for (int i = 0; i < curves.Curves.Count; i++)
            plot.Curve(curves.Curves[i], i, steps: true, dots: false);
        return plot.Close(curves.Curves.Any(RatePlot.HasPoints) ? "" : "no curve to draw");
    }

    private static PrecisionRecallChartData Cast(ChartData data) => data as PrecisionRecallChartData ?? throw new ArgumentException($"a precision-recall chart cannot draw '{data.Kind}' data");
}
