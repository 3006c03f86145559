using System.Globalization;
using System.Text;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Predictions;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Tests.Sections.Classification;

namespace CmlNet.Reports.Tests.Predictions;

/// <summary>
/// Intervals and tests of a regression, of all rows and of each slice. The reference takes scikit-learn's figures with sample weights and moves one weight after the other:
/// that derivative is what an influence function is.
/// </summary>
public sealed class RegressionOracleTests : IDisposable
{
    private const int Cases = 12;
    private const double Z95 = 1.959963984540054;

    private const string Script = ScikitLearn.SplitMix + """
        import sys, json, math
        from sklearn import metrics as m
        figures = {
            "mae": lambda y, p, w: m.mean_absolute_error(y, p, sample_weight=w), "mse": lambda y, p, w: m.mean_squared_error(y, p, sample_weight=w),
            "rmse": lambda y, p, w: m.mean_squared_error(y, p, sample_weight=w, squared=False), "r2": lambda y, p, w: m.r2_score(y, p, sample_weight=w),
            "mape": lambda y, p, w: m.mean_absolute_percentage_error(y, p, sample_weight=w), "explained_variance": lambda y, p, w: m.explained_variance_score(y, p, sample_weight=w),
            "bias": lambda y, p, w: np.average(y - p, weights=w)}
        def influence(f, y, p):
            out = []
            for i in range(len(y)):
                ends = []
                for h in (1e-4, -1e-4):
                    w = np.ones(len(y)); w[i] += h
                    ends.append(f(y, p, w))
                out.append((ends[0] - ends[1]) / 2e-4)
            return np.array(out)
        def slices(y, p, q):
            n, out = len(y), {}
            for name, f in figures.items():
                new, old = influence(f, y, p), influence(f, y, q)
                out[name] = [float(f(y, p, np.ones(n))), float(f(y, q, np.ones(n)))] + [math.sqrt((v ** 2).sum() * n / (n - 1)) for v in (new, new - old)]
            return out
        def boot(y, p, q, B):
            n, out = len(y), []
            for b in range(B):
                rnd = SplitMix(1, b)
                w = np.bincount([rnd.index(n) for _ in range(n)], minlength=n)
                out.append([f(y, p, w) - f(y, q, w) for f in figures.values()])
            return dict(zip(figures, map(interval, np.array(out).T)))
        for line in sys.stdin:
            y, p, q, s = map(np.array, json.loads(line))
            print(json.dumps({"slices": {str(v): slices(y[s == v], p[s == v], q[s == v]) for v in set(s.tolist())}, "boot": boot(y, p, q, 20)}))
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Uncertainty_RandomFilesWithSlices_EqualsDerivativesOfScikitLearn()
    {
        Skip.If(ScikitLearn.Absent is not null, ScikitLearn.Absent);
        var random = new Random(5);
        RegressionCase[] cases = [.. Enumerable.Range(0, Cases).Select(_ => RegressionCase.Draw(random))];
        string[] answers = ScikitLearn.Run(Script, string.Concat(cases.Select(one => one.Line()))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Cases, answers.Length);
        for (int i = 0; i < Cases; i++)
            Compare(JsonValueReader.Read(answers[i]), cases[i], $"case {i}");
    }

    private void Compare(DvcValue expected, RegressionCase one, string where)
    {
        RegressionResult result = new PredictionFindings(20).Regress(Read("new.csv", one.Csv(one.New)), Read("old.csv", one.Csv(one.Old)), CancellationToken.None);
        Assert.Null(result.Refusal);
        foreach ((string metric, DvcValue interval) in expected.Find("boot")!.Entries)
        {
            SignificanceResult drawn = result.Significance.Single(test => test.Metric == metric);
            foreach ((DvcValue reference, double? ours) in interval.Items.Zip([drawn.Low, drawn.High, drawn.P]))
                Close(reference.AsDouble, ours, 1e-9, $"{where}: {metric}");
        }

        foreach ((string slice, DvcValue figures) in expected.Find("slices")!.Entries)
        {
            foreach ((string metric, DvcValue reference) in figures.Entries)
            {
                SliceResult ours = result.Slices.Single(found => found.Value == slice && found.Metric == metric);
                double[] numbers = [.. reference.Items.Select(item => item.AsDouble)];
                string what = $"{where}, slice {slice}: {metric}";
                Close(numbers[0], ours.New, 1e-9, what);
                Close(numbers[1], ours.Old, 1e-9, what);
                double low = numbers[0] - Z95 * numbers[2], high = numbers[0] + Z95 * numbers[2];
                bool isShare = metric is "r2" or "explained_variance";
                Close(isShare || metric == "bias" ? low : Math.Max(0, low), ours.Low, 1e-6, what);
                Close(isShare ? Math.Min(1, high) : high, ours.High, 1e-6, what);
                Close(Reports.Statistics.Tails.TwoSidedNormal((numbers[0] - numbers[1]) / numbers[3]), ours.P, 1e-6, what);
            }
        }
    }

    [Fact]
    public void MedianInterval_FewRows_ReachesBetweenOrderStatistics()
    {
        // 1.96 √20 / 2 is 4.4: from the 5th to the 16th of 20 errors, of 1 to 20.
        string text = "y_true,y_pred,part\n" + string.Concat(Enumerable.Range(1, 20).Select(i => $"0,{i},a\n")) + string.Concat(Enumerable.Range(1, 3).Select(i => $"0,{i},b\n"));
        RegressionResult result = new PredictionFindings(20).Regress(Read("m.csv", text, "part"), null, CancellationToken.None);
        SliceResult large = result.Slices.Single(slice => slice is { Value: "a", Metric: "median_ae" }), small = result.Slices.Single(slice => slice is { Value: "b", Metric: "median_ae" });
        Assert.Equal((5, 16), (large.Low, large.High));
        Assert.Equal((null, null), (small.Low, small.High));
    }

    private RegressionArtifact Read(string name, string csv, string slice = "group") => (RegressionArtifact)new RegressionReader().Read(
        new ArtifactFile { FullPath = _folder.Write(name, csv), Path = "p.csv", IsNamed = true, Predictions = new PredictionOptions { Slices = [slice] } }, CancellationToken.None);

    private static void Close(double expected, double? actual, double tolerance, string what) =>
        Assert.True(actual is { } number && Math.Abs(number - expected) <= tolerance * Math.Max(1, Math.Abs(expected)), string.Create(CultureInfo.InvariantCulture, $"{what} is {actual:R}, expected {expected:R}"));

    private sealed record RegressionCase(double[] Actual, double[] New, double[] Old, int[] Groups)
    {
        public static RegressionCase Draw(Random random)
        {
            int rows = random.Next(30, 120);
            double[] actual = [.. Enumerable.Range(0, rows).Select(_ => 1 + random.NextDouble() * 9)];
            return new RegressionCase(actual, [.. actual.Select(value => value + random.NextDouble() - 0.4)], [.. actual.Select(value => value + 2 * random.NextDouble() - 0.9)], [.. Enumerable.Range(0, rows).Select(i => i % 3)]);
        }

        public string Csv(double[] predicted)
        {
            var text = new StringBuilder("id,group,y_true,y_pred\n");
            for (int i = 0; i < Actual.Length; i++)
                text.Append(CultureInfo.InvariantCulture, $"r{i},{Groups[i]},{Actual[i]:R},{predicted[i]:R}\n");
            return text.ToString();
        }

        public string Line() => $"[{List(Actual)},{List(New)},{List(Old)},{List(Groups)}]\n";

        private static string List<T>(IEnumerable<T> values) where T : IFormattable => $"[{string.Join(',', values.Select(value => value.ToString(null, CultureInfo.InvariantCulture)))}]";
    }
}
