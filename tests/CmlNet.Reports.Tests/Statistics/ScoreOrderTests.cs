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
        AssertSorted(values);
    }

    /// <summary>What models give: shares of all sizes, shares that are nearly all 0 or 1, those of few digits, and those of a network that is always sure.</summary>
    [Theory]
    [InlineData(20_000, 0)]
    [InlineData(20_000, 1)]
    [InlineData(20_000, 2)]
    [InlineData(60_000, 3)]
    [InlineData(5_000, 4)]
    public void Sort_ScoresOfAnyDistribution_FallInTheOrderOfTheirValues(int rows, int kind)
    {
        var random = new Random(kind);
        AssertSorted([.. Enumerable.Range(0, rows).Select(_ => kind switch
        {
            0 => random.NextDouble(),
            1 => random.Next(2) + (random.NextDouble() - 0.5) * 1e-9,
            2 => Math.Round(random.NextDouble(), 2),
            3 => 1 - Math.Pow(random.NextDouble(), 20),
            _ => 0.25,
        })]);
    }

    private static void AssertSorted(double[] values)
    {
        int rows = values.Length;
        var order = new ScoreOrder(rows);
        order.Sort(values, 0, 1);

        Assert.Equal(values.OrderDescending().Select(value => value + 0.0), order.Keys.ToArray().Select(ScoreOrder.Score));
        Assert.Equal(Enumerable.Range(0, rows), order.Rows.ToArray().Order());
        Assert.Equal(order.Keys.ToArray().Select(ScoreOrder.Score), order.Rows.ToArray().Select(row => values[row] + 0.0));
    }
}
