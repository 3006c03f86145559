using System.Globalization;
using System.Text;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Predictions;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Tests.Sections.Classification;

namespace CmlNet.Reports.Tests.Predictions;

/// <summary>Whole files of random predictions: every figure, of all rows and of each slice, and the change of the area under the curve.</summary>
public sealed class PredictionOracleTests : IDisposable
{
    private const int Cases = 30;
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
        def figures(y, p, prob, k):
            labels, out = list(range(k)), {}
            two = k == 2
            out["accuracy"] = none(lambda: m.accuracy_score(y, p))
            out["balanced_accuracy"] = none(lambda: np.mean([np.mean(p[y == l] == l) for l in labels if (y == l).any()]))
            one = dict(pos_label=1, average="binary") if two else dict(labels=labels, average="macro", zero_division=0)
            out["precision"] = None if two and not (p == 1).any() else none(lambda: m.precision_score(y, p, **one))
            out["recall"] = None if two and not (y == 1).any() else none(lambda: m.recall_score(y, p, **one))
            out["f1"] = None if two and not (y == 1).any() and not (p == 1).any() else none(lambda: m.f1_score(y, p, **one))
            out["weighted_f1"] = none(lambda: m.f1_score(y, p, labels=labels, average="weighted", zero_division=0))
            out["mcc"] = None if len(set(y)) < 2 or len(set(p)) < 2 else none(lambda: m.matthews_corrcoef(y, p))
            out["cohen_kappa"] = none(lambda: m.cohen_kappa_score(y, p))
            out["log_loss"] = none(lambda: m.log_loss(y, prob, labels=labels))
            hot = np.eye(k)[y]
            out["brier"] = float(np.mean((prob[:, 1] - y) ** 2)) if two else float(np.mean(((prob - hot) ** 2).sum(axis=1)))
            conf = prob[:, 1] if two else prob.max(axis=1)
            right = (y == 1) if two else (prob.argmax(axis=1) == y)
            bins = np.clip(np.ceil(conf * 15).astype(int) - 1, 0, 14)
            out["ece"] = float(sum((bins == i).mean() * abs(right[bins == i].mean() - conf[bins == i].mean()) for i in range(15) if (bins == i).any()))
            full = len(set(y)) == k
            out["roc_auc"] = none(lambda: m.roc_auc_score(y, prob[:, 1]) if two else np.mean([m.roc_auc_score(y == l, prob[:, l]) for l in labels])) if full and k > 1 else None
            out["average_precision"] = (none(lambda: m.average_precision_score(y, prob[:, 1])) if two else none(lambda: np.mean([m.average_precision_score(y == l, prob[:, l]) for l in labels]))) if (full or two and (y == 1).any()) else None
            for t in (2, 3):
                if t < k: out["top_%d_accuracy" % t] = none(lambda: m.top_k_accuracy_score(y, prob, k=t, labels=labels))
            return out
        def delong(y, old, new, labels):
            inf, diff = np.zeros(len(y)), 0.0
            for l in labels:
                pos, neg = np.where(y == l)[0], np.where(y != l)[0]
                if len(pos) < 2 or len(neg) < 2: return None
                psi = lambda s: (s[pos][:, l][:, None] > s[neg][:, l][None, :]) + .5 * (s[pos][:, l][:, None] == s[neg][:, l][None, :])
                d = psi(new) - psi(old)
                change = d.mean()
                diff += change / len(labels)
                inf[pos] += (d.mean(axis=1) - change) / math.sqrt(len(pos) * (len(pos) - 1)) / len(labels)
                inf[neg] += (d.mean(axis=0) - change) / math.sqrt(len(neg) * (len(neg) - 1)) / len(labels)
            return [diff, math.sqrt((inf ** 2).sum())]
        def area(y, prob, labels):
            both = delong(y, np.zeros_like(prob), prob, labels)
            return None if both is None else [both[0] + .5, both[1]]
        def drawn(y, prob, w, labels):
            n, two, hot = len(y), len(labels) == 2, np.eye(len(labels))[y]
            squares = (prob[:, 1] - y) ** 2 if two else ((prob - hot) ** 2).sum(axis=1)
            conf = prob[:, 1] if two else prob.max(axis=1)
            right = (y == 1) if two else (prob.argmax(axis=1) == y)
            bins = np.clip(np.ceil(conf * 15).astype(int) - 1, 0, 14)
            ranked = [1] if two else labels
            precision = math.nan if any(w[y == l].sum() == 0 for l in ranked) else np.mean([m.average_precision_score(y == l, prob[:, l], sample_weight=w) for l in ranked])
            return [m.log_loss(y, prob, labels=labels, sample_weight=w), (w * squares).sum() / n,
                    sum(abs((w * (right - conf))[bins == i].sum()) for i in range(15)) / n, precision]
        def boot(y, old, new, k, B):
            out, n = [], len(y)
            for b in range(B):
                rnd = SplitMix(1, b)
                w = np.bincount([rnd.index(n) for _ in range(n)], minlength=n)
                change = np.subtract(drawn(y, new, w, list(range(k))), drawn(y, old, w, list(range(k))))
                out.append(np.where(abs(change) < 1e-12, 0, change))
            return dict(zip(["log_loss", "brier", "ece", "average_precision"], map(interval, np.array(out).T)))
        for line in sys.stdin:
            y, p, prob, other, s, k = json.loads(line)
            y, p, prob, other, s = map(np.array, (y, p, prob, other, s))
            print(json.dumps({"whole": figures(y, p, prob, k), "slices": {str(v): figures(y[s == v], p[s == v], prob[s == v], k) for v in set(s.tolist())},
                              "areas": {str(v): area(y[s == v], prob[s == v], [1] if k == 2 else list(range(k))) for v in set(s.tolist())},
                              "boot": boot(y, other, prob, k, 20), "delong": delong(y, other, prob, [1] if k == 2 else list(range(k)))}))
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Figures_RandomFilesWithSlices_EqualScikitLearn()
    {
        Skip.If(ScikitLearn.Absent is not null, ScikitLearn.Absent);
        var random = new Random(11);
        PredictionCase[] cases = [.. Enumerable.Range(0, Cases).Select(i => PredictionCase.Draw(random, i))];
        string[] answers = ScikitLearn.Run(Script, string.Concat(cases.Select(one => one.Line()))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Cases, answers.Length);
        for (int i = 0; i < Cases; i++)
            Compare(JsonValueReader.Read(answers[i]), cases[i], i);
    }

    private void Compare(DvcValue expected, PredictionCase one, int number)
    {
        var options = new PredictionOptions { Slices = ["group"] };
        PredictionsArtifact now = Read($"{number}.csv", one.Csv(one.Probabilities), options), old = Read($"{number}-old.csv", one.Csv(one.Other), options);
        ClassificationResult result = new PredictionFindings(20).Classify(now, old, CancellationToken.None);
        Assert.Null(result.Refusal);
        Same(expected.Find("whole")!, result.Figures.Named, $"case {number}");
        foreach (IGrouping<string, SliceResult> slice in result.Slices.GroupBy(slice => slice.Value, StringComparer.Ordinal))
            Same(expected.Find("slices")!.Find(slice.Key)!, [.. slice.Select(figure => KeyValuePair.Create(figure.Metric, figure.New))], $"case {number}, slice {slice.Key}");
        Assert.Equal(expected.Find("slices")!.Entries.Count, result.Slices.DistinctBy(slice => slice.Value).Count());
        Intervals(expected, result, $"case {number}");
        SignificanceResult? area = result.Significance.FirstOrDefault(test => test.Method == "delong");
        IReadOnlyList<DvcValue> reference = expected.Find("delong")!.Items;
        Assert.Equal(reference.Count > 0, area is not null);
        if (area is null)
            return;
        Close(reference[0].AsDouble, area.Difference, $"case {number}: difference of areas");
        Close(reference[1].AsDouble, (area.High - area.Low) / 2 / 1.959963984540054, $"case {number}: its standard error");
    }

    private static void Intervals(DvcValue expected, ClassificationResult result, string where)
    {
        foreach ((string metric, DvcValue interval) in expected.Find("boot")!.Entries)
        {
            SignificanceResult drawn = result.Significance.Single(test => test.Method == "paired bootstrap" && test.Metric == metric);
            foreach ((DvcValue reference, double? ours) in interval.Items.Zip([drawn.Low, drawn.High, drawn.P]))
                Close(reference.AsDouble, ours, $"{where}: interval of {metric}");
        }

        foreach ((string slice, DvcValue area) in expected.Find("areas")!.Entries.Where(entry => entry.Value.Kind == DvcValueKind.List))
        {
            SliceResult ours = result.Slices.Single(one => one.Value == slice && one.Metric == "roc_auc");
            double mean = area.Items[0].AsDouble, half = 1.959963984540054 * area.Items[1].AsDouble;
            Close(Math.Max(0, mean - half), ours.Low, $"{where}, slice {slice}: low end of the area");
            Close(Math.Min(1, mean + half), ours.High, $"{where}, slice {slice}: high end of the area");
        }
    }

    private PredictionsArtifact Read(string name, string csv, PredictionOptions options) =>
        (PredictionsArtifact)new PredictionsReader().Read(new ArtifactFile { FullPath = _folder.Write(name, csv), Path = "p.csv", IsNamed = true, Predictions = options }, CancellationToken.None);

    private static void Same(DvcValue expected, IReadOnlyList<KeyValuePair<string, double?>> actual, string where)
    {
        Assert.Equal(expected.Entries.Select(entry => entry.Key).Order(StringComparer.Ordinal), actual.Select(figure => figure.Key).Order(StringComparer.Ordinal));
        foreach ((string name, double? value) in actual)
        {
            DvcValue reference = expected.Find(name)!;
            if (reference.Kind == DvcValueKind.Null)
                Assert.True(value is null, string.Create(CultureInfo.InvariantCulture, $"{where}: {name} is {value}, expected none"));
            else
                Close(reference.AsDouble, value, $"{where}: {name}");
        }
    }

    private static void Close(double expected, double? actual, string what) =>
        Assert.True(actual is { } number && Math.Abs(number - expected) <= Tolerance * Math.Max(1, Math.Abs(expected)), string.Create(CultureInfo.InvariantCulture, $"{what} is {actual:R}, expected {expected:R}"));

    private sealed record PredictionCase(int Classes, int[] Actual, int[] Predicted, double[] Probabilities, double[] Other, int[] Groups)
    {
        public static PredictionCase Draw(Random random, int round)
        {
            int rows = round == 7 ? 5_000 : random.Next(10, 150), classes = 2 + round % 4;
            int[] actual = [.. Enumerable.Range(0, rows).Select(i => i < 2 * classes ? i % classes : random.Next(classes))];
            int[] predicted = [.. actual.Select((label, i) => i < classes ? i : random.NextDouble() < 0.7 ? label : random.Next(classes))];
            return new PredictionCase(classes, actual, predicted, Draws(), Draws(), [.. Enumerable.Range(0, rows).Select(_ => random.Next(4))]);

            // Sixteenths have ties and sum to 1 without rounding.
            double[] Draws() => [.. Enumerable.Range(0, rows).SelectMany(row =>
            {
                double[] sixteenths = new double[classes];
                for (int i = 0; i < 16; i++)
                    sixteenths[random.NextDouble() < 0.4 ? actual[row] : random.Next(classes)] += 1.0 / 16;
                return sixteenths;
            })];
        }

        // Columns in an order of their own; the labels are words whose order is that of the numbers.
        public string Csv(double[] probabilities)
        {
            var text = new StringBuilder("id,group,").AppendJoin(',', Enumerable.Range(0, Classes).Reverse().Select(label => $"proba_c{label}")).Append(",y_true,y_pred\n");
            for (int i = 0; i < Actual.Length; i++)
                text.Append(CultureInfo.InvariantCulture, $"r{i},{Groups[i]},").AppendJoin(',', Enumerable.Range(0, Classes).Reverse().Select(label => probabilities[i * Classes + label].ToString(CultureInfo.InvariantCulture))).Append(CultureInfo.InvariantCulture, $",c{Actual[i]},c{Predicted[i]}\n");
            return text.ToString();
        }

        public string Line() => $"[{List(Actual)},{List(Predicted)},{Matrix(Probabilities)},{Matrix(Other)},{List(Groups)},{Classes}]\n";

        private string Matrix(double[] values) => $"[{string.Join(',', values.Chunk(Classes).Select(List))}]";

        private static string List<T>(IEnumerable<T> values) where T : IFormattable => $"[{string.Join(',', values.Select(value => value.ToString(null, CultureInfo.InvariantCulture)))}]";
    }
}
