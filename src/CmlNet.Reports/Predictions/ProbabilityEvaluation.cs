using CmlNet.Reports.Readers;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Predictions;

/// <summary>
/// All figures of probabilities, for all rows and for every slice in one go: each class is sorted once, and the slices are fed from that order.
/// </summary>
internal sealed class ProbabilityEvaluation(ScoreTable table)
{
    /// <summary>A class fits in so many bits, since labels are at most 10,000.</summary>
    private const int LabelBits = 14;

    /// <summary>Figures by grouping and group; null when the file has no probabilities, or a single column and no positive class.</summary>
    public static ProbabilityFigures[][]? Of(PredictionsArtifact predictions, IReadOnlyList<Grouping> groupings, CancellationToken cancellationToken) =>
        ScoreTable.Of(predictions) is { } table ? new ProbabilityEvaluation(table).Evaluate(groupings, cancellationToken) : null;

    private ProbabilityFigures[][] Evaluate(IReadOnlyList<Grouping> groupings, CancellationToken cancellationToken)
    {
        int[][] packed = [.. groupings.Select(Packed)];
        ProbabilityTally[][] tallies = [.. groupings.Select(grouping => Enumerable.Range(0, grouping.Count).Select(_ => new ProbabilityTally()).ToArray())];
        RankingScores[][][] rankings = [.. groupings.Select(grouping => Enumerable.Range(0, grouping.Count).Select(_ => new RankingScores[table.Classes]).ToArray())];
        Parallel.Invoke(new ParallelOptions { CancellationToken = cancellationToken }, () => Tally(packed, tallies), () => Rank(packed, rankings, cancellationToken));
        return [.. groupings.Select((grouping, g) => Enumerable.Range(0, grouping.Count).Select(i => Join(tallies[g][i], rankings[g][i])).ToArray())];
    }

    private ProbabilityFigures Join(ProbabilityTally tally, RankingScores[] ranking) => tally.Build(table.IsSingle ? 0 : table.Classes, table.AreProbabilities) with
    {
        RocAuc = table.Positive is { } one ? ranking[one].RocAuc : Mean(ranking.Select(scores => scores.RocAuc)),
        AveragePrecision = table.Positive is { } same ? ranking[same].AveragePrecision : Mean(ranking.Select(scores => scores.AveragePrecision)),
        PerClass = table.IsSingle ? [] : ranking,
    };

    private static double? Mean(IEnumerable<double?> figures) => figures.Any(figure => figure is null) ? null : figures.Average();

    // Group and true class of each row in one number: rows are visited in the order of scores, and each visit to another array would miss the cache.
    private int[] Packed(Grouping grouping)
    {
        int[] packed = new int[table.Actual.Length];
        for (int i = 0; i < packed.Length; i++)
            packed[i] = (grouping[table.Rows[i]] << LabelBits) | table.Actual[i];
        return packed;
    }

    private void Tally(int[][] packed, ProbabilityTally[][] tallies)
    {
        for (int i = 0; i < table.Actual.Length; i++)
        {
            RowScore row = table.Score(i);
            for (int g = 0; g < packed.Length; g++)
                tallies[g][packed[g][i] >> LabelBits].Add(row);
        }
    }

    private void Rank(int[][] packed, RankingScores[][][] rankings, CancellationToken cancellationToken) =>
        Parallel.For(0, table.Classes, new ParallelOptions { CancellationToken = cancellationToken }, () => new ScoreOrder(table.Actual.Length), (label, _, order) =>
        {
            order.Sort(table.Values, label, table.Columns);
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
}
