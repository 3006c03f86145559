using System.Globalization;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Charts.Rates;
using CmlNet.Reports.Tests.Sections.Classification;

namespace CmlNet.Reports.Tests.Charts;

/// <summary>Points of random curves, with ties, single classes and constant scores.</summary>
public sealed class RateCurveOracleTests
{
    private const int Cases = 60;

    // Of three points on one horizontal or vertical line the middle one is not drawn; precision ends where recall first is 1.
    private const string Script = """
        import sys, json, numpy as np
        from sklearn import metrics as m
        from sklearn.calibration import calibration_curve
        def corners(x, y):
            keep = [i for i in range(len(x)) if i in (0, len(x) - 1) or not (x[i - 1] == x[i] == x[i + 1] or y[i - 1] == y[i] == y[i + 1])]
            return [x[keep].tolist(), y[keep].tolist()]
        for line in sys.stdin:
            y, s = map(np.array, json.loads(line))
            roc = corners(*m.roc_curve(y, s, drop_intermediate=False)[:2]) if 0 < y.sum() < len(y) else [[], []]
            p, r, _ = m.precision_recall_curve(y, s)
            p, r = p[::-1], r[::-1]
            end = int(np.argmax(r == 1)) + 1
            true, predicted = calibration_curve(y, s, n_bins=15) if len(set(y.tolist())) == 2 else ([], [])
            print(json.dumps({"roc": roc, "pr": [r[:end].tolist(), p[:end].tolist()] if y.sum() else [[], []], "calibration": [list(predicted), list(true)]}))
        """;

    [SkippableFact]
    public void Curves_RandomScores_HaveScikitLearnsPoints()
    {
        Skip.If(ScikitLearn.Absent is not null, ScikitLearn.Absent);
        var random = new Random(5);
        (bool[] Truth, double[] Scores)[] cases = [.. Enumerable.Range(0, Cases).Select(i => Draw(random, i))];
        string input = string.Concat(cases.Select(one => $"[[{string.Join(',', one.Truth.Select(truth => truth ? 1 : 0))}],[{string.Join(',', one.Scores.Select(score => score.ToString("R", CultureInfo.InvariantCulture)))}]]\n"));
        string[] answers = ScikitLearn.Run(Script, input).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Cases, answers.Length);
        for (int i = 0; i < Cases; i++)
        {
            DvcValue expected = JsonValueReader.Read(answers[i]);
            Same(expected.Find("roc")!, RateCurves.Roc("", cases[i].Scores, cases[i].Truth), $"case {i}: roc");
            Same(expected.Find("pr")!, RateCurves.PrecisionRecall("", cases[i].Scores, cases[i].Truth), $"case {i}: precision and recall");
            if (expected.Find("calibration")!.Items[0].Items.Count > 0)
                Same(expected.Find("calibration")!, RateCurves.Calibration("", cases[i].Scores, cases[i].Truth), $"case {i}: calibration");
        }
    }

    private static void Same(DvcValue expected, RateCurve curve, string where)
    {
        Assert.True(expected.Items[0].Items.Count == curve.X.Count, $"{where}: {curve.X.Count} points, expected {expected.Items[0].Items.Count}");
        for (int i = 0; i < curve.X.Count; i++)
        {
            Assert.True(Math.Abs(expected.Items[0].Items[i].AsDouble - curve.X[i]) < 1e-9, $"{where}: x of point {i}");
            Assert.True(Math.Abs(expected.Items[1].Items[i].AsDouble - curve.Y[i]) < 1e-9, $"{where}: y of point {i}");
        }
    }

    private static (bool[] Truth, double[] Scores) Draw(Random random, int round)
    {
        int rows = random.Next(1, 120), steps = round % 3 == 0 ? 6 : 1000;
        bool[] truth = [.. Enumerable.Range(0, rows).Select(_ => round % 10 == 0 || random.NextDouble() < 0.4)];
        return (truth, [.. truth.Select(one => round % 7 == 0 ? 0.5 : Math.Floor(Math.Clamp(random.NextDouble() + (one ? 0.2 : -0.2), 0, 1) * steps) / steps)]);
    }
}
