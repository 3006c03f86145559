using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Tests.Statistics;

/// <summary>Values of statsmodels' documentation and SciPy.</summary>
public sealed class ProportionsTests
{
    [Theory]
    [InlineData(10, 25, 0.0179605)]
    [InlineData(5, 15, 0.0413895)] // fewer than 25: exact
    [InlineData(0, 0, 1)]
    [InlineData(7, 7, 1)]
    public void McNemar_DiscordantCases_GiveP(long onlyOld, long onlyNew, double expected) => Assert.Equal(expected, Proportions.McNemar(onlyOld, onlyNew), 1e-7);

    [Fact]
    public void McNemarExact_ManyCases_EqualsBinomial() => Assert.Equal(0.0166738, Proportions.McNemarExact(10, 25), 1e-7);

    [Fact]
    public void TwoProportion_ThousandEach_EqualsReference()
    {
        (double z, double p) = Proportions.TwoProportion(850, 1000, 870, 1000)!.Value;
        Assert.Equal((-1.288848, 0.197451), (Math.Round(z, 6), Math.Round(p, 6)));
        Assert.Null(Proportions.TwoProportion(0, 10, 0, 20));
        Assert.Null(Proportions.TwoProportion(0, 0, 1, 2));
    }

    [Fact]
    public void Wilson_EdgeCounts_StayInsideZeroToOne()
    {
        Assert.Null(Proportions.Wilson(0, 0));
        Assert.Equal(0, Proportions.Wilson(0, 5)!.Value.Low);
        Assert.Equal(1, Proportions.Wilson(5, 5)!.Value.High);
    }

    [Fact]
    public void Ranking_OneClassOnly_IsUndefined()
    {
        RankingScores scores = RankingScores.Of([0.1, 0.2], [false, false]);
        Assert.Null(scores.RocAuc);
        Assert.Null(scores.AveragePrecision);
        Assert.Equal(0.75, RankingScores.Of([0.1, 0.4, 0.35, 0.8], [false, false, true, true]).RocAuc);
    }
}
