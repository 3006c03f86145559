using System.Numerics;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Predictions;

/// <summary>How a classifier's figures changed on the same rows: bootstrap for those of the confusion matrix, of probabilities and for average precision, McNemar for accuracy, DeLong for the area under the curve.</summary>
internal sealed class ClassificationSignificance(PairedPredictions paired, string file, (int OfCells, int OfScores) resamples, CancellationToken cancellationToken)
{
    /// <summary>Seeds every bootstrap of a report.</summary>
    public const ulong Seed = 1;

    private const int MostCells = 20_000;
    private const long MostVisits = 1_000_000_000;
    private const long VisitsPerResample = 100_000;

    /// <summary>With weights, everything is drawn: the other tests count rows.</summary>
    public IReadOnlyList<SignificanceResult> Of(ClassificationFigures old, ClassificationFigures now)
    {
        List<SignificanceResult> results = [];
        List<int> places = [];
        double[]? weights = paired.New.Weights;
        (List<(int Actual, int Old, int New)> cells, List<int> counts) = paired.Cells(Enumerable.Range(0, paired.New.Actual.Length), weights is null ? null : places);
        if (cells.Count <= MostCells)
        {
            IReadOnlyList<BootstrapInterval?> intervals = weights is null
                ? Margins(cells, [.. counts], paired.Labels, now.Positive, resamples.OfCells, cancellationToken)
                : WeightedMargins(cells, places, weights, paired.Labels, now.Positive, resamples.OfCells, cancellationToken);
            results.AddRange(MarginFigures.Names.Select((name, i) => Bootstrapped(name, old[name], now[name], intervals[i])).OfType<SignificanceResult>());
        }

        if (weights is null)
            results.Add(new SignificanceResult { File = file, Method = "mcnemar", Metric = "accuracy", Old = old["accuracy"], New = now["accuracy"], P = McNemar(cells, counts) });
        if (paired.Scores is { } scores)
            AddScores(results, scores.Old, scores.New, old, now);
        return results;
    }

    /// <summary>Intervals of the differences of <see cref="MarginFigures"/>.</summary>
    public static IReadOnlyList<BootstrapInterval?> Margins(List<(int Actual, int Old, int New)> cells, int[] counts, IReadOnlyList<string> labels, int? positive, int resamples, CancellationToken cancellationToken) =>
        CellBootstrap.Run(counts, (drawn, differences) => Differences(drawn, differences, cells, labels, positive), MarginFigures.Names.Count, resamples, Seed, cancellationToken);

    /// <summary>The same of weighted rows.</summary>
    /// <param name="cells">Different triples.</param>
    /// <param name="places">The triple of each row.</param>
    /// <param name="weights">What each row counts for.</param>
    /// <param name="labels">Of the classes.</param>
    /// <param name="positive">The positive class of two; null for more.</param>
    /// <param name="resamples">How many are wanted.</param>
    /// <param name="cancellationToken">Checked once per resample.</param>
    public static IReadOnlyList<BootstrapInterval?> WeightedMargins(List<(int Actual, int Old, int New)> cells, List<int> places, IReadOnlyList<double> weights, IReadOnlyList<string> labels, int? positive, int resamples, CancellationToken cancellationToken) =>
        WeightedCellBootstrap.Run(places, cells.Count, weights, (drawn, differences) => Differences(drawn, differences, cells, labels, positive), MarginFigures.Names.Count, resamples, Seed, cancellationToken);

    private static void Differences<T>(ReadOnlySpan<T> drawn, Span<double> differences, List<(int Actual, int Old, int New)> cells, IReadOnlyList<string> labels, int? positive)
        where T : INumber<T>
    {
        var old = new ClassCounts(labels);
        var now = new ClassCounts(labels);
        for (int i = 0; i < drawn.Length; i++)
        {
            if (T.IsZero(drawn[i]))
                continue;
            double count = double.CreateTruncating(drawn[i]);
            old.Add(cells[i].Actual, cells[i].Old, count);
            now.Add(cells[i].Actual, cells[i].New, count);
        }

        Span<double> before = stackalloc double[differences.Length];
        MarginFigures.Fill(old, positive, before);
        MarginFigures.Fill(now, positive, differences);
        for (int i = 0; i < differences.Length; i++)
            differences[i] -= before[i];
    }

    /// <summary>P of the rows that only one side got right.</summary>
    public static double McNemar(List<(int Actual, int Old, int New)> cells, List<int> counts)
    {
        long onlyOld = 0, onlyNew = 0;
        for (int i = 0; i < cells.Count; i++)
        {
            (int actual, int old, int now) = cells[i];
            onlyOld += actual == old && actual != now ? counts[i] : 0;
            onlyNew += actual != old && actual == now ? counts[i] : 0;
        }

        return Proportions.McNemar(onlyOld, onlyNew);
    }

    private void AddScores(List<SignificanceResult> results, ScoreTable before, ScoreTable after, ClassificationFigures old, ClassificationFigures now)
    {
        if (after.Weights is null && DeLong.Of(after.Actual, before.Values, after.Values, (before.Columns, after.Columns), after.Ranked) is { } area && now["roc_auc"] is not null)
            results.Add(new SignificanceResult { File = file, Method = "delong", Metric = "roc_auc", Old = old["roc_auc"], New = now["roc_auc"], Low = area.Low, High = area.High, P = area.P });
        if (after.Weights is null)
            results.AddRange(Within(before, after).Where(test => now[test.Metric] is not null).Select(test => test with { Old = old[test.Metric], New = now[test.Metric] }));
        ScoreIntervals intervals = ScoreIntervals.Of(after, before, resamples.OfScores, (VisitsPerResample * resamples.OfScores, MostVisits), cancellationToken);
        results.AddRange(ScoreSide.Names.Zip(intervals.Changes).Where(pair => old[pair.First] is not null && now[pair.First] is not null).Select(pair => Bootstrapped(pair.First, old[pair.First], now[pair.First], pair.Second)).OfType<SignificanceResult>());
    }

    // McNemar again: whether the true class is among the K likeliest is right or wrong for each row.
    private IEnumerable<SignificanceResult> Within(ScoreTable before, ScoreTable after)
    {
        IReadOnlyList<int> ks = ProbabilityTally.Ks;
        long[] onlyOld = new long[ks.Count], onlyNew = new long[ks.Count];
        for (int row = 0; row < after.Actual.Length; row++)
        {
            int old = before.Score(row).Better, now = after.Score(row).Better;
            for (int i = 0; i < ks.Count; i++)
            {
                onlyOld[i] += old < ks[i] && now >= ks[i] ? 1 : 0;
                onlyNew[i] += now < ks[i] && old >= ks[i] ? 1 : 0;
            }
        }

        return ks.Select((k, i) => new SignificanceResult { File = file, Method = "mcnemar", Metric = $"top_{k}_accuracy", Old = null, New = null, P = Proportions.McNemar(onlyOld[i], onlyNew[i]) });
    }

    private SignificanceResult? Bootstrapped(string metric, double? old, double? now, BootstrapInterval? interval) => interval is null ? null : new SignificanceResult
    {
        File = file, Method = "paired bootstrap", Metric = metric, Old = old, New = now, Low = interval.Low, High = interval.High, P = interval.P, Resamples = interval.Resamples, Seed = Seed,
    };
}
