using System.Globalization;
using System.Text;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Charts.Rates;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Predictions;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Tests.Sections.Classification;

namespace CmlNet.Reports.Tests.Predictions;

/// <summary>Files with a column of weights, zeros among them: every figure, of all rows and of each slice, against scikit-learn's <c>sample_weight</c>.</summary>
public sealed class WeightOracleTests : IDisposable
{
    private const int Cases = 16;
    private const double Tolerance = 1e-9;

    private const string Script = ScikitLearn.SplitMix + """
        import sys, json, math
        from sklearn import metrics as m
        def none(f):
            try:
                v = f()
                return None if v is None or math.isnan(v) else float(v)
            except ValueError:
                return None
        def figures(y, p, prob, w, k):
            labels, two, out = list(range(k)), k == 2, {}
            one = dict(pos_label=1, average="binary") if two else dict(labels=labels, average="macro", zero_division=0)
            out["accuracy"] = none(lambda: m.accuracy_score(y, p, sample_weight=w))
            seen = [l for l in labels if w[y == l].sum() > 0]
            out["balanced_accuracy"] = none(lambda: np.mean([np.average(p[y == l] == l, weights=w[y == l]) for l in seen]))
            out["precision"] = none(lambda: m.precision_score(y, p, sample_weight=w, **one))
            out["recall"] = none(lambda: m.recall_score(y, p, sample_weight=w, **one))
            out["f1"] = none(lambda: m.f1_score(y, p, sample_weight=w, **one))
            out["weighted_f1"] = none(lambda: m.f1_score(y, p, labels=labels, average="weighted", zero_division=0, sample_weight=w))
            out["mcc"] = none(lambda: m.matthews_corrcoef(y, p, sample_weight=w))
            out["cohen_kappa"] = none(lambda: m.cohen_kappa_score(y, p, sample_weight=w))
            out["log_loss"] = none(lambda: m.log_loss(y, prob, labels=labels, sample_weight=w))
            hot = np.eye(k)[y]
            out["brier"] = float(np.average((prob[:, 1] - y) ** 2 if two else ((prob - hot) ** 2).sum(axis=1), weights=w))
            conf = prob[:, 1] if two else prob.max(axis=1)
            right = (y == 1) if two else (prob.argmax(axis=1) == y)
            bins = np.clip(np.ceil(conf * 15).astype(int) - 1, 0, 14)
            out["ece"] = float(sum(abs((w * (right - conf))[bins == i].sum()) for i in range(15)) / w.sum())
            ranked = [1] if two else labels
            out["roc_auc"] = none(lambda: np.mean([m.roc_auc_score(y == l, prob[:, l], sample_weight=w) for l in ranked]))
            out["average_precision"] = none(lambda: np.mean([m.average_precision_score(y == l, prob[:, l], sample_weight=w) for l in ranked]))
            for t in (2, 3):
                if t < k: out["top_%d_accuracy" % t] = none(lambda: m.top_k_accuracy_score(y, prob, k=t, labels=labels, sample_weight=w))
            return out
        def boot(y, p, q, w, B):
            n, out = len(y), []
            for b in range(B):
                rnd = SplitMix(1, b)
                drawn = np.array([rnd.index(n) for _ in range(n)])
                out.append([f(y[drawn], p[drawn], sample_weight=w[drawn]) - f(y[drawn], q[drawn], sample_weight=w[drawn]) for f in (m.accuracy_score, m.matthews_corrcoef)])
            return dict(zip(["accuracy", "mcc"], map(interval, np.array(out).T)))
        def tags(y, p, w):
            i, wrong, out = np.arange(len(y)), y != p, {}
            for name, rows in (("third", i % 3 == 0), ("fourth", i % 4 == 1), ("weightless", i % 10 == 9)):
                out[name] = [int(rows.sum()), w[rows].sum() / w.sum(), int((rows & wrong).sum()), w[rows & wrong].sum() / w[wrong].sum(), 1 - m.accuracy_score(y[rows], p[rows], sample_weight=w[rows]) if w[rows].sum() > 0 else None, w[rows & wrong].sum() / w.sum()]
            return out
        def regression(a, b, w):
            return [float(v) for v in (m.mean_absolute_error(a, b, sample_weight=w), m.mean_squared_error(a, b, sample_weight=w), m.mean_squared_error(a, b, sample_weight=w, squared=False), m.r2_score(a, b, sample_weight=w),
                m.mean_absolute_percentage_error(a, b, sample_weight=w), m.explained_variance_score(a, b, sample_weight=w), m.median_absolute_error(a, b, sample_weight=w), m.max_error(a, b), np.average(a - b, weights=w))]
        for line in sys.stdin:
            y, p, q, prob, w, s, a, b, k = json.loads(line)
            y, p, q, prob, w, s, a, b = map(np.array, (y, p, q, prob, w, s, a, b))
            roc = m.roc_curve(y == k - 1, prob[:, k - 1], sample_weight=w, drop_intermediate=False)
            print(json.dumps({"whole": figures(y, p, prob, w, k), "slices": {str(v): figures(y[s == v], p[s == v], prob[s == v], w[s == v], k) for v in set(s.tolist())}, "boot": boot(y, p, q, w, 20),
                              "reg": regression(a, b, w), "regslices": {str(v): regression(a[s == v], b[s == v], w[s == v]) for v in set(s.tolist())}, "tags": tags(y, p, w), "roc": [roc[0].tolist(), roc[1].tolist()]}))
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Figures_WeightedRows_EqualScikitLearnWithSampleWeight()
    {
        Skip.If(ScikitLearn.Absent is not null, ScikitLearn.Absent);
        var random = new Random(3);
        WeightedCase[] cases = [.. Enumerable.Range(0, Cases).Select(i => WeightedCase.Draw(random, i))];
        string[] answers = ScikitLearn.Run(Script, string.Concat(cases.Select(one => one.Line()))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Cases, answers.Length);
        for (int i = 0; i < Cases; i++)
        {
            DvcValue expected = JsonValueReader.Read(answers[i]);
            Classification(expected, cases[i], $"case {i}");
            Regression(expected, cases[i], $"case {i}");
        }
    }

    private void Classification(DvcValue expected, WeightedCase one, string where)
    {
        var options = new PredictionOptions { Slices = ["group"], Weight = "w", Tags = "tags" };
        PredictionsArtifact now = Predictions(one.Csv(one.Predicted), options);
        ClassificationResult result = new PredictionFindings(20).Classify(now, Predictions(one.Csv(one.Old), options), CancellationToken.None);
        Assert.Null(result.Refusal);
        Assert.Equal(one.Actual.Length, result.Figures.Count);
        Same(expected.Find("whole")!, result.Figures.Named, where);
        foreach (IGrouping<string, SliceResult> slice in result.Slices.GroupBy(slice => slice.Value, StringComparer.Ordinal))
            Same(expected.Find("slices")!.Find(slice.Key)!, [.. slice.Select(figure => KeyValuePair.Create(figure.Metric, figure.New))], $"{where}, slice {slice.Key}");
        foreach ((string metric, DvcValue interval) in expected.Find("boot")!.Entries)
        {
            SignificanceResult drawn = result.Significance.Single(test => test.Metric == metric);
            foreach ((DvcValue reference, double? ours) in interval.Items.Zip([drawn.Low, drawn.High, drawn.P]))
                Close(reference.AsDouble, ours, $"{where}: interval of {metric}");
        }

        Assert.Equal(3, result.Tags.Count);
        foreach (TagResult tag in result.Tags)
        {
            foreach ((DvcValue reference, double? ours) in expected.Find("tags")!.Find(tag.Tag)!.Items.Zip([tag.Count, tag.Share, tag.Errors, tag.ErrorShare, tag.ErrorRate, tag.Room]))
            {
                if (reference.Kind == DvcValueKind.Null)
                    Assert.Null(ours);
                else
                    Close(reference.AsDouble, ours, $"{where}: tag {tag.Tag}");
            }
        }

        // Tests that count rows say nothing of weighted ones.
        Assert.All(result.Significance, test => Assert.Equal("paired bootstrap", test.Method));
        RateCurve roc = RateCurves.Roc("", [.. one.Column(one.Classes - 1)], [.. one.Actual.Select(label => label == one.Classes - 1)], one.Weights);
        // Ours leaves out what lies on a straight line.
        (double X, double Y)[] all = [.. expected.Find("roc")!.Items[0].Items.Zip(expected.Find("roc")!.Items[1].Items, (x, y) => (x.AsDouble, y.AsDouble))];
        Assert.All(roc.X.Zip(roc.Y), point => Assert.Contains(all, known => Math.Abs(known.X - point.First) + Math.Abs(known.Y - point.Second) < Tolerance));
        double area = Enumerable.Range(1, roc.X.Count - 1).Sum(i => (roc.X[i] - roc.X[i - 1]) * (roc.Y[i] + roc.Y[i - 1]) / 2);
        Close(Enumerable.Range(1, all.Length - 1).Sum(i => (all[i].X - all[i - 1].X) * (all[i].Y + all[i - 1].Y) / 2), area, $"{where}: area under the drawn curve");
        Close(area, roc.Score, $"{where}: area in the legend");
    }

    private void Regression(DvcValue expected, WeightedCase one, string where)
    {
        var artifact = (RegressionArtifact)new RegressionReader().Read(File(one.Table(), new PredictionOptions { Slices = ["group"], Weight = "w" }), CancellationToken.None);
        RegressionResult result = new PredictionFindings(20).Regress(artifact, null, CancellationToken.None);
        List(expected.Find("reg")!, [.. RegressionFigures.Named(result.Scores).Select(figure => figure.Value)], where);
        foreach (IGrouping<string, SliceResult> slice in result.Slices.GroupBy(slice => slice.Value, StringComparer.Ordinal))
            List(expected.Find("regslices")!.Find(slice.Key)!, [.. slice.Select(figure => figure.New)], $"{where}, slice {slice.Key}");
    }

    [Theory]
    [InlineData("nope", "p.csv:1: no column 'nope', which weight names. Columns: y_true, y_pred, w")]
    [InlineData("w", "p.csv:3: '-1' in column 'w' is not a weight; expected a number from 0")]
    public void Read_BadWeights_SaysWhich(string column, string expected)
    {
        ArtifactException error = Assert.Throws<ArtifactException>(() => Predictions("y_true,y_pred,w\na,a,1\nb,b,-1\n", new PredictionOptions { Weight = column }));
        Assert.Equal(expected, error.At("p.csv"));
    }

    [Fact]
    public void Read_WeightsAllZero_AreRefused() => Assert.Contains(
        "every weight in column 'w' is 0", Assert.Throws<ArtifactException>(() => Predictions("y_true,y_pred,w\na,a,0\nb,b,0\n", new PredictionOptions { Weight = "w" })).Message, StringComparison.Ordinal);

    [Fact]
    public void Evaluate_EveryWeightOne_IsAsWithoutWeights()
    {
        string text = "id,y_true,y_pred,p_a,p_b,w\n" + string.Concat(Enumerable.Range(0, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{"ab"[i % 2]},{"ab"[i * 7 % 5 % 2]},{0.1 + i % 9 * 0.1:0.0},{0.9 - i % 9 * 0.1:0.0},1\n")));
        ClassificationFigures plain = ClassificationEvaluation.Of(Predictions(text, new PredictionOptions()), CancellationToken.None), weighted = ClassificationEvaluation.Of(Predictions(text, new PredictionOptions { Weight = "w" }), CancellationToken.None);
        Assert.Equal(plain.Named, weighted.Named);
        Assert.Equal(plain.Probability!.LogLossInterval, weighted.Probability!.LogLossInterval); // there are probabilities
    }

    private PredictionsArtifact Predictions(string csv, PredictionOptions options) => (PredictionsArtifact)new PredictionsReader().Read(File(csv, options), CancellationToken.None);

    private ArtifactFile File(string csv, PredictionOptions options) => new() { FullPath = _folder.Write("p.csv", csv), Path = "p.csv", IsNamed = true, Predictions = options };

    private static void Same(DvcValue expected, IReadOnlyList<KeyValuePair<string, double?>> actual, string where)
    {
        Assert.Equal(expected.Entries.Select(entry => entry.Key).Order(StringComparer.Ordinal), actual.Select(figure => figure.Key).Order(StringComparer.Ordinal));
        foreach ((string name, double? value) in actual)
            Close(expected.Find(name)!.AsDouble, value, $"{where}: {name}");
    }

    private static void List(DvcValue expected, double?[] actual, string where)
    {
        for (int i = 0; i < actual.Length; i++)
            Close(expected.Items[i].AsDouble, actual[i], $"{where}: figure {i} of the regression");
    }

    private static void Close(double expected, double? actual, string what) =>
        Assert.True(actual is { } number && Math.Abs(number - expected) <= Tolerance * Math.Max(1, Math.Abs(expected)), string.Create(CultureInfo.InvariantCulture, $"{what} is {actual:R}, expected {expected:R}"));

    private sealed record WeightedCase(int Classes, int[] Actual, int[] Predicted, int[] Old, double[] Probabilities, double[] Weights, int[] Groups, double[] Target, double[] Estimate)
    {
        public static WeightedCase Draw(Random random, int round)
        {
            int rows = random.Next(90, 160), classes = 2 + round % 3;
            int[] actual = [.. Enumerable.Range(0, rows).Select(i => i / 3 % classes)];
            double[] target = [.. actual.Select(_ => 1 + 9 * random.NextDouble())];
            return new WeightedCase(classes, actual, Drawn(), Drawn(), [.. actual.SelectMany(Sixteenths)], [.. actual.Select((_, i) => i % 10 == 9 ? 0 : Math.Round(3 * random.NextDouble(), 3) + 0.001)],
                [.. Enumerable.Range(0, rows).Select(i => i % 3)], target, [.. target.Select(value => value + random.NextDouble() - 0.4)]);

            int[] Drawn() => [.. actual.Select((label, i) => i < 3 * classes || random.NextDouble() < 0.6 ? label : random.Next(classes))];

            // Ties, and rows that sum to 1 without rounding.
            double[] Sixteenths(int label)
            {
                double[] row = new double[classes];
                for (int i = 0; i < 16; i++)
                    row[random.NextDouble() < 0.4 ? label : random.Next(classes)] += 1.0 / 16;
                return row;
            }
        }

        public IEnumerable<double> Column(int label) => Enumerable.Range(0, Actual.Length).Select(i => Probabilities[i * Classes + label]);

        public string Csv(int[] predicted)
        {
            var text = new StringBuilder("id,group,w,tags,").AppendJoin(',', Enumerable.Range(0, Classes).Select(label => $"proba_{label}")).Append(",y_true,y_pred\n");
            for (int i = 0; i < Actual.Length; i++)
                text.Append(CultureInfo.InvariantCulture, $"r{i},{Groups[i]},{Weights[i]:R},{(i % 3 == 0 ? "third" : "")};{(i % 4 == 1 ? "fourth" : "")}|{(i % 10 == 9 ? "weightless" : "")},").AppendJoin(',', Enumerable.Range(0, Classes).Select(label => Probabilities[i * Classes + label].ToString(CultureInfo.InvariantCulture))).Append(CultureInfo.InvariantCulture, $",{Actual[i]},{predicted[i]}\n");
            return text.ToString();
        }

        public string Table() => "id,group,w,y_true,y_pred\n" + string.Concat(Enumerable.Range(0, Target.Length).Select(i => string.Create(CultureInfo.InvariantCulture, $"r{i},{Groups[i]},{Weights[i]:R},{Target[i]:R},{Estimate[i]:R}\n")));

        public string Line() => $"[{Numbers(Actual)},{Numbers(Predicted)},{Numbers(Old)},[{string.Join(',', Probabilities.Chunk(Classes).Select(Numbers))}],{Numbers(Weights)},{Numbers(Groups)},{Numbers(Target)},{Numbers(Estimate)},{Classes}]\n";

        private static string Numbers<T>(IEnumerable<T> values) where T : IFormattable => $"[{string.Join(',', values.Select(value => value.ToString(null, CultureInfo.InvariantCulture)))}]";
    }
}
