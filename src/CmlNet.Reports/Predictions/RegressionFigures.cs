using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Predictions;

/// <summary>The figures of a regression under the names that gates and programs use.</summary>
internal static class RegressionFigures
{
    public static IReadOnlyList<KeyValuePair<string, double?>> Named(RegressionScores scores) =>
    [
        KeyValuePair.Create("mae", (double?)scores.MeanAbsoluteError),
        KeyValuePair.Create("mse", (double?)scores.MeanSquaredError),
        KeyValuePair.Create("rmse", (double?)scores.RootMeanSquaredError),
        KeyValuePair.Create("r2", scores.R2),
        KeyValuePair.Create("mape", (double?)scores.MeanAbsolutePercentageError),
        KeyValuePair.Create("explained_variance", (double?)scores.ExplainedVariance),
        KeyValuePair.Create("median_ae", (double?)scores.MedianAbsoluteError),
        KeyValuePair.Create("max_error", (double?)scores.MaxError),
        KeyValuePair.Create("bias", (double?)scores.Bias),
    ];
}
