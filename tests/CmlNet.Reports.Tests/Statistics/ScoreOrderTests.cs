using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Tests.Statistics;

public sealed class ScoreOrderTests
{
    /// <summary>Scores that differ in their last bits alone, so that the passes over the upper ones leave most of them unsorted.</summary>
    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 4_096)]
    [InlineData(3, 9_001)]
    public void Sort_ScoresThatAreNearlyAlike_FallInTheOrderOfTheirValues(int seed, int rows)
    {
        var random = new Random(seed);
        double[] bases = [1, -1, 0.5, -0.0, 0.0, 1e-300, -1e300];
        double[] values = [.. Enumerable.Range(0, rows).Select(_ => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(bases[random.Next(bases.Length)]) + random.Next(2_000)))];
        var order = new ScoreOrder(rows);
        order.Sort(values, 0, 1);

        Assert.Equal(values.OrderDescending().Select(value => value + 0.0), order.Keys.ToArray().Select(ScoreOrder.Score));
        Assert.Equal(Enumerable.Range(0, rows), order.Rows.ToArray().Order());
        Assert.Equal(order.Keys.ToArray().Select(ScoreOrder.Score), order.Rows.ToArray().Select(row => values[row] + 0.0));
    }
}
