using CmlNet.Reports.Comparison;

namespace CmlNet.Reports.Tests.Comparison;

public sealed class DirectionRulesTests
{
    [Theory]
    [InlineData("accuracy", MetricDirection.Up)]
    [InlineData("val_accuracy", MetricDirection.Up)]
    [InlineData("eval/valAccuracy", MetricDirection.Up)]
    [InlineData("macro avg.f1-score", MetricDirection.Up)]
    [InlineData("r2", MetricDirection.Up)]
    [InlineData("neg_mean_squared_error", MetricDirection.Up)]
    [InlineData("loss.train", MetricDirection.Down)]
    [InlineData("accuracy_loss", MetricDirection.Down)]
    [InlineData("brier_score", MetricDirection.Down)]
    [InlineData("latency.p95", MetricDirection.Down)]
    [InlineData("max_error", MetricDirection.Down)]
    [InlineData("rmse", MetricDirection.Down)]
    [InlineData("training_time", MetricDirection.Down)]
    [InlineData("0.support", MetricDirection.Unknown)]
    [InlineData("accuracy_std", MetricDirection.Unknown)]
    [InlineData("epoch", MetricDirection.Unknown)]
    [InlineData("foo", MetricDirection.Unknown)]
    [InlineData("", MetricDirection.Unknown)]
    public void Of_UsualName_IsInferred(string name, MetricDirection expected) => Assert.Equal(expected, new DirectionRules([], []).Of(name));

    [Fact]
    public void Of_NameTheUserGave_Wins()
    {
        var rules = new DirectionRules(["*loss*"], ["accuracy"]);
        Assert.Equal((MetricDirection.Up, MetricDirection.Down), (rules.Of("val_loss"), rules.Of("accuracy")));
    }
}
