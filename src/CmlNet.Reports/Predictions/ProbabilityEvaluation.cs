using CmlNet.Reports.Readers;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Predictions;

/// <summary>
/// All figures of probabilities, for all rows and for every slice in one go: each class is sorted once, and the slices are fed from that order.
/// </summary>
internal sealed class ProbabilityEvaluation(ScoreTable table)
{
    /// <summary>Figures by grouping and group; null when the file has no probabilities, or a single column and no positive class.</summary>
    public static ProbabilityFigures[][]? Of(PredictionsArtifact predictions, IReadOnlyList<Grouping> groupings, CancellationToken cancellationToken) =>
        ScoreTable.Of(predictions) is { } table ? new ProbabilityEvaluation(table).Evaluate(groupings, cancellationToken) : null;

    private ProbabilityFigures[][] Evaluate(IReadOnlyList<Grouping> groupings, CancellationToken cancellationToken)
    {
        var codes = new RowCodes(table.Actual, table.Classes, [.. groupings.Select(Groups)], [.. groupings.Select(grouping => grouping.Count)], areApart: table.Weights is not null);
        ProbabilityTally[][] tallies = [.. groupings.Select(grouping => Enumerable.Range(0, grouping.Count).Select(_ => new ProbabilityTally()).ToArray())];
        RankingScores[][][] rankings = [.. groupings.Select(grouping => Enumerable.Range(0, grouping.Count).Select(_ => new RankingScores[table.Classes]).ToArray())];
        Parallel.Invoke(new ParallelOptions { CancellationToken = cancellationToken }, () => Tally(codes, tallies), () => Rank(codes, rankings, cancellationToken));
        return [.. groupings.Select((grouping, g) => Enumerable.Range(0, grouping.Count).Select(i => Join(tallies[g][i], rankings[g][i])).ToArray())];
    }

    private ProbabilityFigures Join(ProbabilityTally tally, RankingScores[] ranking) => tally.Build(table.IsSingle ? 0 : table.Classes, table.AreProbabilities) with
    {
        RocAuc = table.Positive is { } one ? ranking[one].RocAuc : Mean(ranking.Select(scores => scores.RocAuc)),
        AveragePrecision = table.Positive is { } same ? ranking[same].AveragePrecision : Mean(ranking.Select(scores => scores.AveragePrecision)),
        PerClass = [.. table.ByLabel.Select(column => ranking[column])],
    };

    private static double? Mean(IEnumerable<double?> figures) => figures.Any(figure => figure is null) ? null : figures.Average();

    private int[]? Groups(Grouping grouping) => grouping.Codes is null ? null : [.. table.Rows.Select(row => grouping[row])];

    private void Tally(RowCodes codes, ProbabilityTally[][] tallies)
    {
        for (int i = 0; i < table.Actual.Length; i++)
        {
            RowScore row = table.Score(i);
            for (int g = 0; g < tallies.Length; g++)
                tallies[g][codes.Groups[g][codes.Codes[i]]].Add(row, table.Weights is { } weights ? weights[i] : 1);
        }
    }

    private void Rank(RowCodes codes, RankingScores[][][] rankings, CancellationToken cancellationToken) =>
        Parallel.For(0, table.Classes, new ParallelOptions { CancellationToken = cancellationToken }, () => new ScoreOrder(table.Actual.Length), (label, _, order) =>
        {
            order.Sort(table.Values, label, table.Columns, codes.Codes);
            RankingState[][] states = [.. rankings.Select(groups => new RankingState[groups.Length])];
            bool[] isPositive = [.. codes.Labels.Select(one => one == label)];
            for (int g = 0; g < states.Length; g++)
            {
                if (states[g].Length == 1)
                    states[g][0] = Sweep(order, isPositive, table.Weights);
                else
                    Sweep(order, codes.Groups[g], isPositive, table.Weights, states[g]);
            }

            for (int g = 0; g < states.Length; g++)
            {
                for (int i = 0; i < states[g].Length; i++)
                    rankings[g][i][label] = states[g][i].End();
            }

            return order;
        }, _ => { });

    // As below, for all rows in one group.
    private static RankingState Sweep(ScoreOrder order, bool[] isPositive, double[]? weights)
    {
        ReadOnlySpan<ulong> keys = order.Keys;
        ReadOnlySpan<int> codes = order.Rows;
        RankingState state = default;
        for (int i = 0; i < keys.Length && i < codes.Length; i++)
            state.Add(keys[i], isPositive[codes[i]], weights is null ? 1 : weights[codes[i]]);
        return state;
    }

    private static void Sweep(ScoreOrder order, int[] groups, bool[] isPositive, double[]? weights, RankingState[] states)
    {
        ReadOnlySpan<ulong> keys = order.Keys;
        ReadOnlySpan<int> codes = order.Rows;
        for (int i = 0; i < keys.Length && i < codes.Length; i++)
        {
            int code = codes[i];
            // With weights, the code is the row.
            states[groups[code]].Add(keys[i], isPositive[code], weights is null ? 1 : weights[code]);
        }
    }
}
