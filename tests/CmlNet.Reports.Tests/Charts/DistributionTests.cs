using CmlNet.Reports.Charts.Box;
using CmlNet.Reports.Charts.Drawing;
using CmlNet.Reports.Charts.Histogram;

namespace CmlNet.Reports.Tests.Charts;

public sealed class DistributionTests
{
    [Fact]
    public void HistogramBins_WholeNumbers_GiveEachABinOfItsOwn()
    {
        HistogramChartData data = HistogramBins.Of("t", "v", [("a", [1, 2, 2, 5])]);
        Assert.Equal([0.5, 1.5, 2.5, 3.5, 4.5, 5.5], data.Edges);
        Assert.Equal([1, 2, 0, 0, 1], data.Series[0].Counts);
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(1)]
    [InlineData(1e6)]
    public void HistogramBins_AnyScale_CountsEveryValueBetweenItsBounds(double scale)
    {
        double[] values = [.. Enumerable.Range(0, 500).Select(i => scale * (i * 0.618034 % 1 - 0.3))];
        HistogramChartData data = HistogramBins.Of("t", "v", [("a", values)]);
        for (int bin = 0; bin < data.Edges.Count - 1; bin++)
        {
            bool last = bin == data.Edges.Count - 2;
            Assert.Equal(values.Count(v => v >= data.Edges[bin] && (v < data.Edges[bin + 1] || (last && v == data.Edges[bin + 1]))), data.Series[0].Counts[bin]);
        }
    }

    [Fact]
    public void HistogramBins_NotFinite_AreCountedAside() => Assert.Equal(2, HistogramBins.Of("t", "v", [("a", [1, double.NaN, double.PositiveInfinity, 2])]).Left);

    [Fact]
    public void BoxSummary_TenValuesAndOneFarOff_EqualsNumPyAndTukey()
    {
        BoxSummary box = BoxSummary.Of("a", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100]);
        Assert.Equal((3.5, 6, 8.5), (box.LowerQuartile, box.Median, box.UpperQuartile));
        Assert.Equal((1, 10), (box.LowWhisker, box.HighWhisker));
        Assert.Equal([100], box.Outliers);
    }

    [Fact]
    public void OverLog_SeveralDecades_PutsEqualRatiosAtEqualDistances()
    {
        var scale = Scale.OverLog(0.02, 700, 0, 500, 10);
        Assert.Equal([0.01, 0.1, 1, 10, 100, 1000], scale.Ticks.Select(tick => Math.Round(tick, 6)));
        Assert.Equal(scale.ToPixel(1) - scale.ToPixel(0.1), scale.ToPixel(100) - scale.ToPixel(10), 9);
        Assert.Equal(["0.01", "0.1", "1", "10", "100", "1000"], scale.Ticks.Select(scale.Label));
    }

    [Theory]
    [InlineData("👩‍🔬", 1)] // three code points joined
    [InlineData("🇯🇵", 1)]
    [InlineData("🐈🐕", 2)]
    public void Width_PictureCharacters_CountsWhatIsSeen(string text, int pictures) => Assert.Equal(pictures * 2550 / 2048.0 * 12, TextMeasure.Width(text, 12), 6);

    [Fact]
    public void Fit_JoinedPictureCharacter_IsNotCut() => Assert.Equal("👩‍🔬…", TextMeasure.Fit("👩‍🔬👩‍🔬👩‍🔬", 12, 32));
}
