using System.Globalization;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Sections.Classification;
using CmlNet.Reports.Statistics;
using CmlNet.Reports.Tests.Sections.Classification;

namespace CmlNet.Reports.Tests.Statistics;

/// <summary>Every figure against scikit-learn and SciPy, over random inputs with ties, single classes and constants.</summary>
public sealed class StatisticsOracleTests
{
    private const int Cases = 120;
    private const double Tolerance = 1e-9;

    private const string Script = """
        import sys, json, math, numpy as np
        from sklearn import metrics as m
        from scipy import stats
        MASK = (1 << 64) - 1
        def bootstrap(cells, n_old, n_new, B, seed):
            n, s, out = len(cells), seed, []
            d = np.array([n_new[c] - n_old[c] for c in cells])
            for _ in range(B):
                idx = []
                for _ in range(n):
                    s = (s + 0x9E3779B97F4A7C15) & MASK
                    z = ((s ^ (s >> 30)) * 0xBF58476D1CE4E5B9) & MASK
                    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
                    idx.append(((z ^ (z >> 31)) * n) >> 64)
                out.append(d[idx].sum() / n)
            out = np.array(out)
            p = min(1.0, 2 * (min((out <= 0).sum(), (out >= 0).sum()) + 1) / (len(out) + 1))
            return [float(np.quantile(out, .025)), float(np.quantile(out, .975)), float(p)]
        for line in sys.stdin:
            y, p, prob, a, b, c = json.loads(line)
            y, p, prob, a, b = map(np.array, (y, p, prob, a, b))
            k = prob.shape[1]
            one = (y == 0)
            r = {}
            r["balanced"] = float(np.mean([np.mean(p[y == l] == l) for l in sorted(set(y.tolist()))]))
            r["mcc"] = float(m.matthews_corrcoef(y, p))
            kappa = m.cohen_kappa_score(y, p)
            r["kappa"] = None if math.isnan(kappa) else float(kappa)
            r["auc"] = float(m.roc_auc_score(one, prob[:, 0])) if 0 < one.sum() < len(one) else None
            r["ap"] = float(m.average_precision_score(one, prob[:, 0])) if one.sum() else None
            r["logloss"] = float(m.log_loss(y, prob, labels=list(range(k))))
            r["brier"] = float(np.mean((prob[:, 0] - one) ** 2))
            bins = np.clip(np.ceil(prob[:, 0] * 15).astype(int) - 1, 0, 14)
            r["ece"] = float(sum((bins == i).mean() * abs(one[bins == i].mean() - prob[bins == i, 0].mean()) for i in range(15) if (bins == i).any()))
            r["top2"] = float(m.top_k_accuracy_score(y, prob, k=2, labels=list(range(k))))
            r["reg"] = [None if v is None else float(v) for v in (m.mean_absolute_error(a, b), m.mean_squared_error(a, b), m.mean_squared_error(a, b, squared=False), None if len(a) < 2 else m.r2_score(a, b),
                        m.mean_absolute_percentage_error(a, b), m.explained_variance_score(a, b), m.median_absolute_error(a, b), m.max_error(a, b))]
            n, h1, h2 = c
            r["binom"] = float(stats.binom.cdf(h1, n, .5))
            r["normal"] = float(2 * stats.norm.sf(h2 / 50))
            r["chi2"] = float(stats.chi2.sf(h2 / 10, 1))
            w = stats.binomtest(h1, n).proportion_ci(method="wilson")
            r["wilson"] = [float(w.low), float(w.high)]
            r["boot"] = bootstrap(y.tolist(), list(range(k)), [(i * 7) % k for i in range(k)], 60, 42)
            print(json.dumps(r))
        """;

    [SkippableFact]
    public void Figures_RandomInputs_EqualScikitLearnAndSciPy()
    {
        Skip.If(ScikitLearn.Absent is not null, ScikitLearn.Absent);
        var random = new Random(7);
        StatisticsCase[] cases = [.. Enumerable.Range(0, Cases).Select(i => StatisticsCase.Draw(random, i))];
        string[] answers = ScikitLearn.Run(Script, string.Concat(cases.Select(one => one.Line()))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Cases, answers.Length);
        for (int i = 0; i < Cases; i++)
        {
            DvcValue expected = JsonValueReader.Read(answers[i]);
            CompareClassification(expected, cases[i]);
            CompareRegression(expected.Find("reg")!, cases[i]);
            CompareTails(expected, cases[i]);
        }
    }

    private static void CompareClassification(DvcValue expected, StatisticsCase one)
    {
        AgreementScores agreement = AgreementScores.Of(new ConfusionMatrix(one.Predictions()));
        Close(expected, "balanced", agreement.BalancedAccuracy);
        Close(expected, "mcc", agreement.MatthewsCorrelation ?? 0);
        Close(expected, "kappa", agreement.CohenKappa);
        double[] first = one.Column(0);
        bool[] positive = [.. one.Actual.Select(label => label == 0)];
        RankingScores ranking = RankingScores.Of(first, positive);
        Close(expected, "auc", ranking.RocAuc);
        Close(expected, "ap", ranking.AveragePrecision);
        Close(expected, "logloss", ProbabilityScores.LogLoss(one.Probabilities, one.Actual, StatisticsCase.Classes));
        Close(expected, "brier", ProbabilityScores.Brier(first, positive));
        Close(expected, "ece", ProbabilityScores.CalibrationError(first, positive));
        Close(expected, "top2", ProbabilityScores.TopK(one.Probabilities, one.Actual, StatisticsCase.Classes, 2));
        PairedBootstrap interval = PairedBootstrap.Run(one.Actual, StatisticsCase.Classes, counts => Change(counts, one.Actual.Length), 60, 42, CancellationToken.None)!;
        Close(expected.Find("boot")!.Items, [interval.Low, interval.High, interval.P]);
    }

    private static double Change(ReadOnlySpan<int> counts, int rows)
    {
        double change = 0;
        for (int i = 0; i < counts.Length; i++)
            change += (double)counts[i] * (i * 7 % StatisticsCase.Classes - i);
        return change / rows;
    }

    private static void CompareRegression(DvcValue expected, StatisticsCase one)
    {
        RegressionScores scores = RegressionScores.Of(one.Target, one.Estimate);
        Close(expected.Items, [scores.MeanAbsoluteError, scores.MeanSquaredError, scores.RootMeanSquaredError, scores.R2, scores.MeanAbsolutePercentageError, scores.ExplainedVariance, scores.MedianAbsoluteError, scores.MaxError]);
    }

    private static void CompareTails(DvcValue expected, StatisticsCase one)
    {
        Close(expected, "binom", Tails.FairCoins(one.Hits, one.Trials));
        Close(expected, "normal", Tails.TwoSidedNormal(one.Draw1000 / 50.0));
        Close(expected, "chi2", Tails.ChiSquared1(one.Draw1000 / 10.0));
        (double low, double high) = Proportions.Wilson(one.Hits, one.Trials)!.Value;
        Close(expected.Find("wilson")!.Items, [low, high]);
    }

    private static void Close(IReadOnlyList<DvcValue> expected, double?[] actual)
    {
        for (int i = 0; i < actual.Length; i++)
            Close(expected[i], actual[i], i.ToString(CultureInfo.InvariantCulture));
    }

    private static void Close(DvcValue expected, string name, double? actual) => Close(expected.Find(name)!, actual, name);

    private static void Close(DvcValue expected, double? actual, string name)
    {
        if (expected.Kind == DvcValueKind.Null)
            Assert.True(actual is null, $"{name}: {actual}, expected none");
        else
            Assert.True(actual is { } number && Math.Abs(number - expected.AsDouble) <= Tolerance * Math.Max(1, Math.Abs(expected.AsDouble)), string.Create(CultureInfo.InvariantCulture, $"{name}: {actual:R}, expected {expected.AsDouble:R}"));
    }
}
