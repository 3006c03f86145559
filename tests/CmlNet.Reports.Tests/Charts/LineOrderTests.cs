using CmlNet.Reports.Charts.Line;

namespace CmlNet.Reports.Tests.Charts;

public sealed class LineOrderTests
{
    private const double Gap = double.NaN;

    [Theory]
    [InlineData(new[] { 1, Gap, Gap, 2, Gap, Gap, 3, Gap, Gap, 4 }, new[] { 1.0, 2, 3, 4 })] // logged at every third step
    [InlineData(new[] { 1, 2, Gap, 3, 4, Gap, 5 }, new[] { 1, 2, Gap, 3, 4, Gap, 5 })] // gaps in a line
    [InlineData(new[] { 1, Gap, 2, Gap, 3 }, new[] { 1, Gap, 2, Gap, 3 })] // too few to say
    public void Of_ValuesBetweenNaNs_AreJoinedWhenMostStandAlone(double[] values, double[] expected) =>
        Assert.Equal(expected, LineOrder.Of(new LineSeries { Name = "a", X = [.. Enumerable.Range(0, values.Length).Select(i => (double)i)], Y = values }).Y);
}
