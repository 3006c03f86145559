using CmlNet.Reports.Charts.Line;

namespace CmlNet.Reports.Tests.Charts;

public sealed class SmoothingTests
{
    [Fact]
    public void Apply_SparseAndNaN_KeepsGapsAndStartsAtTheFirstValue()
    {
        LineSeries smooth = Smoothing.Apply(new LineSeries { Name = "loss", X = [0, 1, 2, 3], Y = [4, double.NaN, 2, 2] }, 0.5);
        Assert.Equal([4, double.NaN, 2 / 0.75, 2 / 0.875], smooth.Y);
    }
}
