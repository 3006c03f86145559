using CmlNet.Reports.Readers;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Predictions;

/// <summary>
/// All figures of probabilities, for all rows and for every slice in one go: each class is sorted once, and the slices are fed from that order.
/// </summary>
internal sealed class ProbabilityEvaluation
{
    /// <summary>A class fits in so many bits, since labels are at most 10,000.</summary>
    private const int LabelBits = 14;

    private readonly int[] _actual;
    private readonly double[] _values;
    private readonly int[] _rows;
    private readonly int _columns, _classes;
    private readonly int? _positive;
    private readonly bool _areProbabilities;

    private ProbabilityEvaluation(PredictionsArtifact predictions, ClassScores scores)
    {
        int all = predictions.Actual.Length, columns = scores.Columns;
        _rows = scores.MissingRows == 0 ? [.. Enumerable.Range(0, all)] : [.. Enumerable.Range(0, all).Where(row => !double.IsNaN(scores.Values[row * columns]))];
        _areProbabilities = scores.AreProbabilities;
        _columns = Math.Max(2, columns);
        _classes = scores.IsSingle ? 2 : predictions.Labels.Count;
        _positive = scores.IsSingle ? 1 : _classes == 2 ? predictions.Positive ?? 1 : null;
        _actual = scores.IsSingle ? [.. _rows.Select(row => predictions.Actual[row] == predictions.Positive ? 1 : 0)] : scores.MissingRows == 0 ? predictions.Actual : [.. _rows.Select(row => predictions.Actual[row])];
        _values = scores.IsSingle ? Both(scores) : scores.MissingRows == 0 ? scores.Values : Known(scores);
    }

    /// <summary>Figures by grouping and group; null when the file has no probabilities, or a single column and no positive class.</summary>
    public static ProbabilityFigures[][]? Of(PredictionsArtifact predictions, IReadOnlyList<Grouping> groupings, CancellationToken cancellationToken) =>
        predictions.Scores is { } scores && !(scores.IsSingle && predictions.Positive is null)
            ? new ProbabilityEvaluation(predictions, scores).Evaluate(groupings, scores.IsSingle, cancellationToken)
            : null;

    private ProbabilityFigures[][] Evaluate(IReadOnlyList<Grouping> groupings, bool isSingle, CancellationToken cancellationToken)
    {
        int[][] packed = [.. groupings.Select(Packed)];
        ProbabilityTally[][] tallies = [.. groupings.Select(grouping => Enumerable.Range(0, grouping.Count).Select(_ => new ProbabilityTally()).ToArray())];
        RankingScores[][][] rankings = [.. groupings.Select(grouping => Enumerable.Range(0, grouping.Count).Select(_ => new RankingScores[_classes]).ToArray())];
        Parallel.Invoke(new ParallelOptions { CancellationToken = cancellationToken }, () => Tally(packed, tallies), () => Rank(packed, rankings, cancellationToken));
        return [.. groupings.Select((grouping, g) => Enumerable.Range(0, grouping.Count).Select(i => Join(tallies[g][i], rankings[g][i], isSingle)).ToArray())];
    }

    private ProbabilityFigures Join(ProbabilityTally tally, RankingScores[] ranking, bool isSingle) => tally.Build(isSingle ? 0 : _classes, _areProbabilities) with
    {
        RocAuc = _positive is { } one ? ranking[one].RocAuc : Mean(ranking.Select(scores => scores.RocAuc)),
        AveragePrecision = _positive is { } same ? ranking[same].AveragePrecision : Mean(ranking.Select(scores => scores.AveragePrecision)),
        PerClass = isSingle ? [] : ranking,
    };

    private static double? Mean(IEnumerable<double?> figures) => figures.Any(figure => figure is null) ? null : figures.Average();

    // Group and true class of each row in one number: rows are visited in the order of scores, and each visit to another array would miss the cache.
    private int[] Packed(Grouping grouping)
    {
        int[] packed = new int[_actual.Length];
        for (int i = 0; i < packed.Length; i++)
            packed[i] = (grouping[_rows[i]] << LabelBits) | _actual[i];
        return packed;
    }

    private void Tally(int[][] packed, ProbabilityTally[][] tallies)
    {
        for (int i = 0; i < _actual.Length; i++)
        {
            ReadOnlySpan<double> row = _values.AsSpan(i * _columns, _columns);
            int actual = _actual[i], likeliest = 0, better = 0;
            double truth = row[actual], squares = 0;
            for (int j = 0; j < row.Length; j++)
            {
                double error = row[j] - (j == actual ? 1 : 0);
                squares += error * error;
                if (row[j] > row[likeliest])
                    likeliest = j;
                better += row[j] > truth || (row[j] == truth && j > actual) ? 1 : 0;
            }

            if (_positive is { } positive)
            {
                likeliest = positive;
                squares = (row[positive] - (actual == positive ? 1 : 0)) * (row[positive] - (actual == positive ? 1 : 0));
            }

            double loss = _areProbabilities ? ProbabilityTally.Loss(row, actual) : 0;
            for (int g = 0; g < packed.Length; g++)
                tallies[g][packed[g][i] >> LabelBits].Add(loss, squares, row[likeliest], likeliest == actual, better);
        }
    }

    private void Rank(int[][] packed, RankingScores[][][] rankings, CancellationToken cancellationToken) =>
        Parallel.For(0, _classes, new ParallelOptions { CancellationToken = cancellationToken }, () => new ScoreOrder(_actual.Length), (label, _, order) =>
        {
            order.Sort(_values, label, _columns);
            for (int g = 0; g < packed.Length; g++)
                Sweep(order, packed[g], label, rankings[g]);
            return order;
        }, _ => { });

    private static void Sweep(ScoreOrder order, int[] packed, int label, RankingScores[][] rankings)
    {
        ReadOnlySpan<ulong> keys = order.Keys;
        ReadOnlySpan<int> rows = order.Rows;
        var states = new RankingState[rankings.Length];
        for (int i = 0; i < keys.Length && i < rows.Length; i++)
        {
            int row = packed[rows[i]];
            states[row >> LabelBits].Add(keys[i], (row & ((1 << LabelBits) - 1)) == label);
        }

        for (int i = 0; i < states.Length; i++)
            rankings[i][label] = states[i].End();
    }

    // One column, of the positive class, stands for two.
    private double[] Both(ClassScores scores)
    {
        double[] both = new double[_rows.Length * 2];
        for (int i = 0; i < _rows.Length; i++)
        {
            double score = scores.Values[_rows[i]];
            both[2 * i] = scores.AreProbabilities ? 1 - score : -score;
            both[2 * i + 1] = score;
        }

        return both;
    }

    private double[] Known(ClassScores scores)
    {
        double[] known = new double[_rows.Length * scores.Columns];
        for (int i = 0; i < _rows.Length; i++)
            scores.Values.AsSpan(_rows[i] * scores.Columns, scores.Columns).CopyTo(known.AsSpan(i * scores.Columns));
        return known;
    }
}
