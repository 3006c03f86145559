using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Tests.Statistics;

public sealed class BinomialDrawTests
{
    [Theory]
    [InlineData(5, 0.3)]
    [InlineData(40, 0.24)] // inversion just below a mean of 10
    [InlineData(40, 0.26)] // rejection just above it
    [InlineData(1_000_000, 0.4)]
    [InlineData(1_000_000, 0.97)]
    public void Next_ManyDraws_HaveTheMomentsOfTheBinomial(int trials, double rate)
    {
        const int Draws = 200_000;
        var random = new SplitMix(5);
        double sum = 0, squares = 0, cubes = 0, spread = Math.Sqrt(trials * rate * (1 - rate));
        for (int i = 0; i < Draws; i++)
        {
            int drawn = BinomialDraw.Next(ref random, trials, rate);
            Assert.InRange(drawn, 0, trials);
            double z = (drawn - trials * rate) / spread;
            sum += z;
            squares += z * z;
            cubes += z * z * z;
        }

        // Standard errors of the mean, variance and skewness of this many draws are 0.0022, 0.0032 and 0.0087.
        Assert.Equal(0, sum / Draws, 0.011);
        Assert.Equal(1, squares / Draws, 0.016);
        Assert.Equal((1 - 2 * rate) / spread, cubes / Draws, 0.045);
    }

    [Fact]
    public void Draw_SmallCells_HasTheProbabilitiesOfTheMultinomial()
    {
        int[] counts = [1, 0, 3], drawn = new int[3], seen = new int[5];
        var random = new SplitMix(9);
        for (int i = 0; i < 100_000; i++)
        {
            CellBootstrap.Draw(ref random, counts, 4, drawn);
            Assert.Equal((4, 0), (drawn.Sum(), drawn[1]));
            seen[drawn[0]]++;
        }

        double[] expected = [81 / 256.0, 108 / 256.0, 54 / 256.0, 12 / 256.0, 1 / 256.0];
        for (int k = 0; k < 5; k++)
            Assert.Equal(expected[k], seen[k] / 100_000.0, 0.008);
    }

    [Fact]
    public void Adjust_SeveralP_FollowsBenjaminiAndHochberg() =>
        Assert.Equal([0.04, 0.04, 0.06, 0.8], FalseDiscovery.Adjust([0.01, 0.02, 0.045, 0.8]).Select(p => Math.Round(p, 12)));
}
