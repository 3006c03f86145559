using CmlNet.Reports.Charts.Drawing;

namespace CmlNet.Reports.Charts.Rates;

/// <summary>True against false positive rate, with the diagonal of chance.</summary>
internal sealed class RocChart : IChart
{
    public string Name => RocChartData.KindName;

    public string Describe(ChartData data) => RatePlot.Describe("ROC curve", Cast(data).Title, Cast(data).Curves, "AUC");

    public string Render(ChartData data, ChartTheme theme)
    {
        RocChartData roc = Cast(data);
        var plot = new RatePlot(theme, roc.Title, Describe(data), ("false positive rate", "true positive rate"), RatePlot.Entries(roc.Curves, "AUC"));
        plot.Reference(0, 1);
        for (int i = 0; i < roc.Curves.Count; i++)
            plot.Curve(roc.Curves[i], i, steps: false, dots: false);
        return plot.Close(roc.Curves.Any(RatePlot.HasPoints) ? "" : "no curve to draw");
    }

    private static RocChartData Cast(ChartData data) => data as RocChartData ?? throw new ArgumentException($"a ROC chart cannot draw '{data.Kind}' data");
}
