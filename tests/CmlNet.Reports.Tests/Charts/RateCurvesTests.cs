using CmlNet.Reports.Charts.Rates;

namespace CmlNet.Reports.Tests.Charts;

/// <summary>Expected values are scikit-learn's (<c>roc_curve</c>, <c>precision_recall_curve</c>, <c>calibration_curve</c>).</summary>
public sealed class RateCurvesTests
{
    private static readonly double[] Scores = [0.1, 0.4, 0.35, 0.8];
    private static readonly bool[] Truth = [false, false, true, true];

    [Fact]
    public void Roc_FourCases_EqualsScikitLearn()
    {
        RateCurve curve = RateCurves.Roc("run", Scores, Truth);
        Assert.Equal([0, 0, 0.5, 0.5, 1], curve.X);
        Assert.Equal([0, 0.5, 0.5, 1, 1], curve.Y);
        Assert.Equal(0.75, curve.Score);
    }

    [Fact]
    public void Roc_OneClass_HasNoPoints() => Assert.Empty(RateCurves.Roc("run", [0.1, 0.2], [true, true]).X);

    [Fact]
    public void Roc_ManyEqualSteps_KeepsTheCornersOnly()
    {
        RateCurve curve = RateCurves.Roc("run", [6, 5, 4, 3, 2, 1], [true, true, true, false, false, false]);
        Assert.Equal([0, 0, 1], curve.X);
        Assert.Equal([0, 1, 1], curve.Y);
    }

    [Fact]
    public void PrecisionRecall_FourCases_EqualsScikitLearn()
    {
        RateCurve curve = RateCurves.PrecisionRecall("run", Scores, Truth);
        Assert.Equal([0, 0.5, 0.5, 1], curve.X);
        Assert.Equal([1, 1, 0.5, 2 / 3.0], curve.Y);
        Assert.Equal(0.5, curve.Prevalence);
    }

    [Fact]
    public void Calibration_NineCases_EqualsScikitLearn()
    {
        RateCurve curve = RateCurves.Calibration("run", [0.1, 0.2, 0.3, 0.4, 0.65, 0.7, 0.8, 0.9, 1], [false, false, false, false, true, true, true, true, true], 3);
        Assert.Equal([0.2, 0.525, 0.85], curve.X.Select(x => Math.Round(x, 12)));
        Assert.Equal([0, 0.5, 1], curve.Y);
        Assert.Equal([3, 2, 4], curve.Counts);
    }
}
