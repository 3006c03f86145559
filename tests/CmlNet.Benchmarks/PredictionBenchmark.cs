using System.Diagnostics;
using System.Globalization;
using System.Text;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Predictions;
using CmlNet.Reports.Readers;

namespace CmlNet.Benchmarks;

/// <summary>All figures of a classifier on a million rows with twenty slices, from the CSV on; and 2,000 paired resamples of two of them.</summary>
internal sealed class PredictionBenchmark : IBenchmark
{
    private const int Rows = 1_000_000;
    private const int Classes = 10;
    private const int Resamples = 2_000;

    private const string Figures = """
        import numpy as np, pandas as pd
        from sklearn import metrics as m
        k, labels = 10, list(range(10))
        columns = ["p_c%d" % i for i in labels]
        def figures(d):
            y, p, prob = d.y.to_numpy(), d.p.to_numpy(), d[columns].to_numpy()
            r = [m.accuracy_score(y, p), m.balanced_accuracy_score(y, p), m.matthews_corrcoef(y, p), m.cohen_kappa_score(y, p), m.confusion_matrix(y, p, labels=labels)]
            r += [m.precision_recall_fscore_support(y, p, labels=labels, average=a, zero_division=0) for a in (None, "macro", "weighted")]
            r += [m.log_loss(y, prob, labels=labels), ((prob - np.eye(k)[y]) ** 2).sum(axis=1).mean()]
            r += [[m.roc_auc_score(y == l, prob[:, l]) for l in labels], [m.average_precision_score(y == l, prob[:, l]) for l in labels]]
            r += [m.top_k_accuracy_score(y, prob, k=n, labels=labels) for n in (2, 3, 5)]
            c, right = prob.max(axis=1), prob.argmax(axis=1) == y
            b = np.clip(np.ceil(c * 15).astype(int) - 1, 0, 14)
            return r + [np.abs(np.bincount(b, right, 15) - np.bincount(b, c, 15)).sum() / len(y)]
        def work():
            d = pd.read_csv("now.csv")
            d["y"], d["p"] = d.y_true.str[1:].astype(int), d.y_pred.str[1:].astype(int)
            return figures(d), {s: figures(part) for s, part in d.groupby("site")}
        """;

    private const string Bootstrap = """
        import numpy as np, pandas as pd
        y, a, b = (pd.read_csv(f, usecols=[c])[c].str[1:].astype(int).to_numpy() for f, c in (("now.csv", "y_true"), ("old.csv", "y_pred"), ("now.csv", "y_pred")))
        k, n = 10, len(y)
        def f1(c):
            h, s = np.diag(c), c.sum(axis=0) + c.sum(axis=1)
            return h.sum() / n, np.mean(2 * h / s)
        def work():
            rng, out = np.random.default_rng(1), np.empty((2000, 2))
            cells = ((y * k + a) * k + b).astype(np.int16)
            for i in range(2000):
                c = np.bincount(cells[rng.integers(0, n, n, dtype=np.int32)], minlength=k ** 3).reshape(k, k, k)
                old, new = f1(c.sum(axis=2)), f1(c.sum(axis=1))
                out[i] = new[0] - old[0], new[1] - old[1]
            return np.quantile(out, [.025, .975], axis=0)
        """;

    public string Name => "predictions";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        string image = await Python.ScikitLearnImageAsync(setting, cancellationToken);
        string now = Path.Combine(setting.Work, "now.csv"), old = Path.Combine(setting.Work, "old.csv");
        await Task.Run(() => Write(now, 2), cancellationToken);
        await Task.Run(() => Write(old, 3), cancellationToken);
        Sample figures = new(), theirFigures = new(), bootstrap = new(), theirBootstrap = new();
        double megabytes = 0;
        PredictionsArtifact predictions = Figure(now, cancellationToken), before = Figure(old, cancellationToken); // code compiled, files in the page cache
        PairedPredictions paired = PairedPredictions.Of(predictions, before).Paired ?? throw new BenchmarkException("the two files have not the same rows");
        Resample(paired, cancellationToken);
        for (int round = 0; round < setting.Rounds; round++)
        {
            long began = Stopwatch.GetTimestamp();
            Figure(now, cancellationToken);
            figures.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            began = Stopwatch.GetTimestamp();
            Resample(paired, cancellationToken);
            bootstrap.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            (double time, double memory) = await Python.RunAsync(setting, image, Figures, cancellationToken);
            theirFigures.Add(time);
            megabytes = Math.Max(megabytes, memory);
            theirBootstrap.Add((await Python.RunAsync(setting, image, Bootstrap, cancellationToken)).Milliseconds);
        }

        return
        [
            new Comparison("all figures of 10⁶ predictions, 10 classes, 20 slices", "pandas and scikit-learn", 1 / 20.0, figures, theirFigures, string.Create(CultureInfo.InvariantCulture, $"from the CSV of {new FileInfo(now).Length / 1_000_000} MB; ours with intervals of every slice; theirs peaks at {megabytes:0} MB")),
            new Comparison("2,000 paired resamples of 10⁶ predictions", "NumPy (`bincount`)", 1 / 5.0, bootstrap, theirBootstrap, "ours of eight figures, theirs of two"),
        ];
    }

    private static PredictionsArtifact Figure(string path, CancellationToken cancellationToken)
    {
        var file = new ArtifactFile { FullPath = path, Path = path, IsNamed = true, Predictions = new PredictionOptions { Slices = ["site"], Probability = "p_*" } };
        var predictions = (PredictionsArtifact)new PredictionsReader().Read(file, cancellationToken);
        ClassificationResult result = new PredictionFindings(Resamples).Classify(predictions, null, cancellationToken);
        return result.Slices.DistinctBy(slice => slice.Value).Count() == 20 ? predictions : throw new BenchmarkException("not twenty slices");
    }

    private static void Resample(PairedPredictions paired, CancellationToken cancellationToken)
    {
        (List<(int Actual, int Old, int New)> cells, List<int> counts) = paired.Cells(Enumerable.Range(0, Rows));
        if (ClassificationSignificance.Margins(cells, [.. counts], paired.Labels, null, Resamples, cancellationToken)[0]?.Resamples != Resamples)
            throw new BenchmarkException("not all resamples were drawn");
    }

    // The same rows for every seed; what the model says differs.
    private static void Write(string path, int seed)
    {
        Random rows = new(1), model = new(seed);
        using var text = new StreamWriter(path, append: false, Encoding.ASCII, 1 << 20);
        text.Write("id,site,y_true,y_pred," + string.Join(',', Enumerable.Range(0, Classes).Select(i => $"p_c{i}")) + "\n");
        double[] p = new double[Classes];
        for (int i = 0; i < Rows; i++)
        {
            int actual = rows.Next(Classes), site = rows.Next(20), likeliest = 0;
            double sum = 0;
            for (int c = 0; c < Classes; c++)
                sum += p[c] = Math.Pow(model.NextDouble(), 4) + (c == actual ? 0.4 : 0);
            for (int c = 0; c < Classes; c++)
                likeliest = p[c] > p[likeliest] ? c : likeliest;
            text.Write(string.Create(CultureInfo.InvariantCulture, $"{i},site{site:00},c{actual},c{likeliest}"));
            for (int c = 0; c < Classes; c++)
                text.Write(string.Create(CultureInfo.InvariantCulture, $",{p[c] / sum:R}"));
            text.Write('\n');
        }
    }
}
