using System.Globalization;
using System.Text.Json;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Predictions;
using CmlNet.Reports.Sections.Classification;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Json;

/// <summary>The parts of the report that predictions give.</summary>
internal static class PredictionJson
{
    private const int MostDenseClasses = 200;
    private static readonly string[] Figures = ["accuracy", "balanced_accuracy", "mcc", "cohen_kappa", "log_loss", "brier", "ece", "roc_auc", "average_precision"];

    public static void Write(Utf8JsonWriter json, ReportFindings findings)
    {
        json.First("classification", findings.Classification, one => Classification(json, one));
        json.First("regression", findings.Regression, one => Regression(json, one));
        json.Objects("slices", findings.Slices, slice =>
        {
            json.WriteString("file", slice.File);
            json.WriteString("column", slice.Column);
            json.WriteString("value", slice.Value);
            json.WriteNumber("n", slice.Count);
            json.WriteString("metric", slice.Metric);
            json.Figure("value_new", slice.New);
            json.Figure("value_old", slice.Old);
            json.Figure("low", slice.Low);
            json.Figure("high", slice.High);
            json.Figure("p", slice.P);
            json.Figure("p_adjusted", slice.AdjustedP);
        });
        json.Objects("significance", findings.Significance, test =>
        {
            json.WriteString("file", test.File);
            json.WriteString("method", test.Method);
            json.WriteString("metric", test.Metric);
            json.Figure("old", test.Old);
            json.Figure("new", test.New);
            json.Figure("diff", test.Difference);
            json.Figure("low", test.Low);
            json.Figure("high", test.High);
            json.Figure("p", test.P);
            json.Figure("resamples", test.Resamples);
            json.Figure("seed", test.Seed);
        });
    }

    /// <summary>Of the files after the first of each kind.</summary>
    public static void WriteFurther(Utf8JsonWriter json, ReportFindings findings)
    {
        json.Objects("classification", findings.Classification.Skip(1), one => Classification(json, one));
        json.Objects("regression", findings.Regression.Skip(1), one => Regression(json, one));
    }

    private static void Classification(Utf8JsonWriter json, ClassificationResult result)
    {
        var scores = new ClassificationScores(result.Matrix);
        ClassificationFigures figures = result.Figures;
        json.WriteString("file", result.Predictions.Path);
        json.WriteNumber("n", figures.Count);
        json.Texts("labels", result.Matrix.Labels);
        json.WriteString("positive", figures.Positive is { } positive ? result.Matrix.Labels[positive] : null);
        foreach (string name in Figures)
            json.Figure(name, figures[name]);
        json.Object("macro_avg", scores.Macro, average => Average(json, average));
        json.Object("weighted_avg", scores.Weighted, average => Average(json, average));
        Classes(json, scores, figures.Probability?.PerClass ?? []);
        Matrix(json, result.Matrix);
        json.WriteStartObject("top_k");
        foreach ((int k, double share) in figures.Probability?.TopK ?? [])
            json.Figure(k.ToString(CultureInfo.InvariantCulture), share);
        json.WriteEndObject();
        Details(json, result);
        json.Objects("worst", result.Worst, one => Worst(json, one));
        json.WriteString("refusal", result.Refusal);
        json.Texts("notes", [.. result.Predictions.Warnings, .. UndefinedNote.Of(result) is { } note ? [note] : Array.Empty<string>()]);
    }

    private static void Details(Utf8JsonWriter json, ClassificationResult result)
    {
        json.Objects("thresholds", result.Thresholds, one =>
        {
            json.WriteBoolean("best", one.IsBest);
            json.Figure("threshold", one.Threshold);
            json.Figure("precision", one.Precision);
            json.Figure("recall", one.Recall);
            json.Figure("f1-score", one.F1);
            json.Figure("false_positive_rate", one.FalsePositiveRate);
            json.WriteNumber("called", one.Called);
        });
        json.Objects("tags", result.Tags, tag =>
        {
            json.WriteString("tag", tag.Tag);
            json.WriteNumber("n", tag.Count);
            json.Figure("share", tag.Share);
            json.WriteNumber("errors", tag.Errors);
            json.Figure("error_share", tag.ErrorShare);
            json.Figure("error_rate", tag.ErrorRate);
            json.Figure("room", tag.Room);
        });
    }

    private static void Classes(Utf8JsonWriter json, ClassificationScores scores, IReadOnlyList<RankingScores> ranking)
    {
        json.WriteStartObject("per_class");
        for (int i = 0; i < scores.Classes.Count; i++)
        {
            ClassScore score = scores.Classes[i];
            json.WriteStartObject(score.Label);
            json.Figure("precision", score.Precision);
            json.Figure("recall", score.Recall);
            json.Figure("f1-score", score.F1);
            json.WriteNumber("support", score.Support);
            json.Figure("roc_auc", i < ranking.Count ? ranking[i].RocAuc : null);
            json.Figure("average_precision", i < ranking.Count ? ranking[i].AveragePrecision : null);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // A thousand classes have a million cells, nearly all of them empty: then only [actual, predicted, count] of the others.
    private static void Matrix(Utf8JsonWriter json, ConfusionMatrix matrix)
    {
        int n = matrix.Labels.Count;
        bool dense = n <= MostDenseClasses;
        json.WriteStartObject("confusion_matrix");
        json.Texts("labels", matrix.Labels);
        Rows("counts", dense ? Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Select(j => matrix[i, j])) : null);
        Rows("cells", dense ? null : Enumerable.Range(0, n).Where(i => matrix.Hits[i] > 0).Select(i => new[] { i, i, matrix.Hits[i] }).Concat(matrix.Confusions().Select(one => new[] { one.Actual, one.Predicted, one.Count })));
        json.WriteEndObject();

        void Rows(string name, IEnumerable<IEnumerable<double>>? rows)
        {
            if (rows is null)
            {
                json.WriteNull(name);
                return;
            }

            json.WriteStartArray(name);
            foreach (IEnumerable<double> row in rows)
            {
                json.WriteStartArray();
                foreach (double value in row)
                    json.WriteNumberValue(value);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }
    }

    private static void Regression(Utf8JsonWriter json, RegressionResult result)
    {
        json.WriteString("file", result.Predictions.Path);
        json.WriteNumber("n", result.Scores.Count);
        foreach ((string name, double? value) in RegressionFigures.Named(result.Scores))
            json.Figure(name, value);
        json.WriteString("refusal", result.Refusal);
        json.Objects("worst", result.Worst, one => Worst(json, one));
        json.Texts("notes", [.. result.Predictions.Warnings, .. result.Scores.R2 is null ? ["r2 is undefined for a single row"] : Array.Empty<string>()]);
    }

    private static void Average(Utf8JsonWriter json, AverageScore average)
    {
        json.Figure("precision", average.Precision);
        json.Figure("recall", average.Recall);
        json.Figure("f1-score", average.F1);
    }

    private static void Worst(Utf8JsonWriter json, WorstExample one)
    {
        json.WriteString("row", one.Row);
        json.WriteString("actual", one.Actual);
        json.WriteString("predicted", one.Predicted);
        json.WriteString("baseline", one.Baseline);
        json.Figure("score", one.Score);
    }
}
