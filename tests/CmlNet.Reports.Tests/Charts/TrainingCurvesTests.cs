using CmlNet.Reports.Charts.Line;

namespace CmlNet.Reports.Tests.Charts;

public sealed class TrainingCurvesTests
{
    [Fact]
    public void Of_ShortCurves_AreDrawnAsTheyAre()
    {
        LineChartData chart = TrainingCurves.Of("loss", "epoch", [Series("loss", 3)], []);
        Assert.Equal(["loss"], chart.Series.Select(series => series.Name));
        Assert.Equal("loss", chart.Title);
    }

    [Fact]
    public void Of_LongCurveWithBaseline_GivesRawSmoothedAndDashed()
    {
        LineChartData chart = TrainingCurves.Of("loss", "step", [Series("loss", 200), Series("val_loss", 20)], [Series("val_loss", 20), Series("other", 20)]);
        Assert.Equal(["loss raw faint 0", "loss 0", "val_loss 1", "val_loss (baseline) dashed 1"], chart.Series.Select(series => $"{series.Name}{(series.IsFaint ? " faint" : "")}{(series.IsDashed ? " dashed" : "")} {series.Color}"));
    }

    [Fact]
    public void Apply_SparseAndNaN_KeepsGapsAndStartsAtTheFirstValue()
    {
        LineSeries smooth = Smoothing.Apply(new LineSeries { Name = "loss", X = [0, 1, 2, 3], Y = [4, double.NaN, 2, 2] }, 0.5);
        Assert.Equal([4, double.NaN, 2 / 0.75, 2 / 0.875], smooth.Y);
    }

    private static LineSeries Series(string name, int count) => new() { Name = name, X = [.. Enumerable.Range(0, count).Select(i => (double)i)], Y = [.. Enumerable.Range(0, count).Select(i => Math.Sin(i))] };
}
