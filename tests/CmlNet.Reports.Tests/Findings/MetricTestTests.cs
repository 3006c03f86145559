using CmlNet.Dvc.Values;
using CmlNet.Reports.Comparison;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Tests.Findings;

/// <summary>Which test of the predictions a metric of a file is told with.</summary>
public sealed class MetricTestTests
{
    private static readonly ReportFindings Findings = new()
    {
        Aggregates = [Tested("metrics.json", "two-proportion", "accuracy", 0.912280701754386, 0.947368421052632, 0.14), Tested("metrics.json", "two-proportion", "slow.recall", 0.5, 0.75, 0.3)],
        Regression =
        [
            new RegressionResult
            {
                Predictions = new RegressionArtifact { Path = "p.csv", Actual = [1], Predicted = [1], ActualColumn = "y", PredictedColumn = "p" },
                Scores = RegressionScores.Of([1], [1]),
                Significance =
                [
                    Tested("p.csv", "mcnemar", "accuracy", 0.912280701754386, 0.947368421052632, 0.096),
                    Tested("p.csv", "paired bootstrap", "precision", 0.905405405405405, 0.947368421052632, 0.23),
                    Tested("p.csv", "paired bootstrap", "weighted_f1", 0.911440123456789, 0.947040123456789, 0.059),
                    Tested("p.csv", "paired bootstrap", "log_loss", 0.216082337, 0.152322785, 0.038),
                ],
            },
        ],
    };

    [Theory]
    [InlineData("accuracy", 0.912280701754386, 0.947368421052632, 0.096)] // paired rows tell more than counts
    [InlineData("accuracy", 0.91, 0.95, 0.096)] // rounded
    [InlineData("report.accuracy", 0.9122807, 0.9473684, 0.096)] // single precision
    [InlineData("loss", 0.2161, 0.1523, 0.038)]
    [InlineData("weighted avg.f1-score", 0.911440123456789, 0.947040123456789, 0.059)] // another name, the same figure
    [InlineData("slow.recall", 0.5, 0.75, 0.3)] // its own counts, when there is nothing better
    public void Test_FigureOfThePredictions_IsFound(string name, double old, double now, double expected) => Assert.Equal(expected, Findings.Test(Change(name, old, now), wantsInterval: false)?.P);

    [Theory]
    [InlineData("macro avg.precision", 0.91049, 0.94737)] // near to another average, and written to the fifth decimal
    [InlineData("accuracy.top3", 0.91, 0.95)]
    [InlineData("precision", 90.54, 94.74)]
    [InlineData("loss", 0.5, 0.4)]
    public void Test_OtherFigure_IsNot(string name, double old, double now) => Assert.Null(Findings.Test(Change(name, old, now), wantsInterval: false));

    private static MetricChange Change(string name, double old, double now) => new() { File = "metrics.json", Name = name, Old = DvcValue.Of(old), New = DvcValue.Of(now) };

    private static SignificanceResult Tested(string file, string method, string metric, double old, double now, double p) => new() { File = file, Method = method, Metric = metric, Old = old, New = now, P = p };
}
