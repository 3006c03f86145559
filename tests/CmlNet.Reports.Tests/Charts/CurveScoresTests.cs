using CmlNet.Reports.Charts.Rates;

namespace CmlNet.Reports.Tests.Charts;

/// <summary>Points and scores as scikit-learn gives them for the truth 0 0 1 1 and the scores 0.1 0.4 0.35 0.8.</summary>
public sealed class CurveScoresTests
{
    [Fact]
    public void Area_PointsOfScikitLearn_EqualsItsScore() => Assert.Equal(0.75, CurveScores.Area([0, 0, 0.5, 0.5, 1], [0, 0.5, 0.5, 1, 1])!.Value, 12); // asserted by its value

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AveragePrecision_PointsOfScikitLearn_EqualsItsScoreInEitherOrder(bool reversed)
    {
        double[] recall = [1, 1, 0.5, 0.5, 0], precision = [0.5, 2 / 3.0, 0.5, 1, 1];
        if (reversed)
        {
            Array.Reverse(recall);
            Array.Reverse(precision);
        }

        Assert.Equal(0.833333333333, CurveScores.AveragePrecision(recall, precision)!.Value, 10); // as above
    }

    [Theory]
    [InlineData(new[] { 0, 0.5 }, new[] { 0, 1.0 })] // does not reach 1
    [InlineData(new[] { 0, 0.5, 0.25, 1 }, new[] { 0, 0.5, 0.5, 1.0 })] // out of order
    [InlineData(new[] { 0, double.NaN, 1 }, new[] { 0, 0.5, 1.0 })]
    [InlineData(new[] { 0, 1.0 }, new[] { 0, 2.0 })]
    [InlineData(new double[0], new double[0])]
    public void Area_PointsOfNoWholeCurve_IsNull(double[] x, double[] y) => Assert.Null(CurveScores.Area(x, y));
}
