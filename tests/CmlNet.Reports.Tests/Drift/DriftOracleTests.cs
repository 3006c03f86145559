using System.Globalization;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Statistics;
using CmlNet.Reports.Tests.Sections.Classification;

namespace CmlNet.Reports.Tests.Drift;

/// <summary>The tests of drift against SciPy, over random samples with ties, empty categories and very different sizes.</summary>
public sealed class DriftOracleTests
{
    private const int Cases = 60;
    private const double Tolerance = 1e-9;

    private const string Script = """
        import sys, json, numpy as np
        from scipy import stats
        from scipy.spatial.distance import jensenshannon
        from scipy.stats import _ksstats
        for line in sys.stdin:
            a, b, p, q, n, d = json.loads(line)
            r = {}
            k = stats.ks_2samp(a, b)
            r["ks"] = [float(k.statistic), float(k.pvalue)]
            r["w"] = float(stats.wasserstein_distance(a, b))
            p, q = np.array(p, float), np.array(q, float)
            r["js"] = float(jensenshannon(p / p.sum(), q / q.sum()))
            with np.errstate(divide="ignore", invalid="ignore"):
                e = p * q.sum() / p.sum()
                keep = (e > 0) | (q > 0)
                r["chi2"] = float(np.sum((q[keep] - e[keep]) ** 2 / e[keep])) if (e[keep] > 0).all() else None
            r["chip"] = 0.0 if r["chi2"] is None else float(stats.chi2.sf(r["chi2"], len(p) - 1))
            r["one"] = float(stats.kstwo.sf(d, n))
            print(json.dumps(r))
        """;

    [SkippableFact]
    public void Tests_RandomSamples_EqualSciPy()
    {
        Skip.If(ScikitLearn.Absent is not null, ScikitLearn.Absent);
        var random = new Random(3);
        var cases = Enumerable.Range(0, Cases).Select(i => Case.Draw(random, i)).ToList();
        string[] answers = ScikitLearn.Run(Script, string.Concat(cases.Select(one => one.Line()))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Cases, answers.Length);
        for (int i = 0; i < Cases; i++)
            Compare(JsonValueReader.Read(answers[i]), cases[i], i);
    }

    private static void Compare(DvcValue expected, Case one, int number)
    {
        KolmogorovSmirnov ks = KolmogorovSmirnov.Of(one.Reference, one.Current);
        Close(expected.Find("ks")!.Items[0], ks.Statistic, $"{number}: ks");
        Close(expected.Find("ks")!.Items[1], ks.P, $"{number}: p of ks with {one.Reference.Length} and {one.Current.Length}");
        Close(expected.Find("w")!, Distances.Wasserstein(one.Reference, one.Current), $"{number}: wasserstein");
        Close(expected.Find("js")!, Distances.JensenShannon(one.Old, one.New), $"{number}: jensenshannon");
        double statistic = Distances.ChiSquared(one.Old, one.New);
        if (expected.Find("chi2")!.Kind == DvcValueKind.Null)
            Assert.Equal(double.PositiveInfinity, statistic);
        else
            Close(expected.Find("chi2")!, statistic, $"{number}: chi2");
        Close(expected.Find("chip")!, GammaTail.ChiSquared(statistic, one.Old.Length - 1), $"{number}: p of chi2");
        Close(expected.Find("one")!, OneSampleTail.Of(one.Rows, one.Distance), string.Create(CultureInfo.InvariantCulture, $"{number}: kstwo of {one.Rows} at {one.Distance:R}"));
    }

    private static void Close(DvcValue expected, double actual, string what) =>
        Assert.True(Math.Abs(actual - expected.AsDouble) <= Tolerance * Math.Max(1, Math.Abs(expected.AsDouble)), string.Create(CultureInfo.InvariantCulture, $"{what} is {actual:R}, expected {expected.AsDouble:R}"));

    private sealed record Case(double[] Reference, double[] Current, long[] Old, long[] New, int Rows, double Distance)
    {
        public static Case Draw(Random random, int round)
        {
            int n = random.Next(1, 300), m = round switch { 5 => 10_001, 6 => 12_000, 7 => 15_000, _ => random.Next(1, 300) };
            n = round is 6 ? 1_000 : n;
            double shift = round % 3 * 0.3, step = round % 2 == 0 ? 0.25 : 1e-9; // ties in every other round
            int categories = random.Next(2, 12);
            int rows = random.Next(1, 1_200);
            return new Case(
                Sample(n, 0), Sample(m, shift),
                [.. Enumerable.Range(0, categories).Select(i => (long)random.Next(i == 0 ? 1 : 0, 50))], [.. Enumerable.Range(0, categories).Select(i => (long)random.Next(i == 0 ? 1 : 0, 80))],
                rows, Math.Min(1, (0.2 + 2.4 * random.NextDouble()) / Math.Sqrt(rows)));

            double[] Sample(int count, double by) => [.. Enumerable.Range(0, count).Select(_ => Math.Round((random.NextDouble() + random.NextDouble() + by) / step) * step).Order()];
        }

        public string Line() => string.Create(CultureInfo.InvariantCulture, $"[{List(Reference)},{List(Current)},{List(Old)},{List(New)},{Rows},{Distance:R}]\n");

        private static string List<T>(IEnumerable<T> values) where T : IFormattable => $"[{string.Join(',', values.Select(value => value.ToString(null, CultureInfo.InvariantCulture)))}]";
    }
}
