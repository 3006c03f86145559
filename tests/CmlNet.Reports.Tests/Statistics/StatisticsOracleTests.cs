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

    private const string Script = ScikitLearn.SplitMix + """
        import sys, json, math
        from sklearn import metrics as m
        from scipy import stats
        class Random(SplitMix):
            def binomial(self, n, p):
                if n == 0 or p <= 0: return 0
                if p >= 1: return n
                return n - self.lower(n, 1 - p) if p > .5 else self.lower(n, p)
            def lower(self, n, p):
                o = p / (1 - p)
                if n * p < 10:
                    a, r, u, k = (n + 1) * o, math.pow(1 - p, n), self.uniform(), 0
                    while u > r and k < n:
                        u -= r; k += 1; r *= a / k - o
                    return k
                tail = lambda k: math.lgamma(k + 1) - ((k + .5) * math.log(k + 1) - (k + 1) + math.log(2 * math.pi) / 2)
                s = math.sqrt(n * p * (1 - p)); b = 1.15 + 2.53 * s; a = -.0873 + .0248 * b + .01 * p
                al = (2.83 + 5.1 / b) * s; m = math.floor((n + 1) * p)
                while True:
                    u = self.uniform() - .5; v = self.uniform(); us = .5 - abs(u)
                    k = math.floor((2 * a / us + b) * u + n * p + .5)
                    if us >= .07 and v <= .92 - 4.2 / b: return k
                    if k < 0 or k > n: continue
                    f = (m + .5) * math.log((m + 1) / (o * (n - m + 1))) + (n + 1) * math.log((n - m + 1) / (n - k + 1)) + (k + .5) * math.log(o * (n - k + 1) / (k + 1)) + tail(m) + tail(n - m) - tail(k) - tail(n - k)
                    if math.log(v * al / (a / (us * us) + b)) <= f: return k
        def cells(counts, change, B, seed):
            n, out = sum(counts), []
            for b in range(B):
                rnd, left, weight, total = Random(seed, b), n, n, 0
                for c, d in zip(counts, change):
                    k = rnd.binomial(left, c / weight)
                    left -= k; weight = weight - c or 1; total += k * d
                out.append(total / n)
            return interval(out)
        def rows(values, B, seed):
            n = len(values)
            return interval([sum(values[r.index(n)] for _ in range(n)) / n for r in (Random(seed, b) for b in range(B))])
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
            r["boot"] = cells([int((y == i).sum()) * f for i in range(k) for f in (1, 40)], [i % 3 - 1 for i in range(2 * k)], 60, 42)
            r["sums"] = rows((a - b).tolist(), 60, 42)
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
        int[] counts = [.. Enumerable.Range(0, 2 * StatisticsCase.Classes).Select(i => one.Actual.Count(label => label == i / 2) * (i % 2 == 0 ? 1 : 40))];
        Same(expected, "boot", CellBootstrap.Run(counts, (drawn, change) => change[0] = Change(drawn, counts.Sum()), 1, 60, 42, CancellationToken.None)[0]!);
        double[] errors = [.. one.Target.Zip(one.Estimate, (target, estimate) => target - estimate)];
        Same(expected, "sums", SumBootstrap.Run(errors, 1, (sums, mean) => mean[0] = sums[0] / errors.Length, 1, 60, 42, CancellationToken.None)[0]!);
    }

    private static void Same(DvcValue expected, string name, BootstrapInterval interval) => Close(expected.Find(name)!.Items, [interval.Low, interval.High, interval.P]);

    private static double Change(ReadOnlySpan<int> counts, int rows)
    {
        double change = 0;
        for (int i = 0; i < counts.Length; i++)
            change += (double)counts[i] * (i % 3 - 1);
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
