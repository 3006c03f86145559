using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Predictions;

/// <summary>Bootstrap intervals of the figures of <see cref="ScoreSide"/>, all from the same drawn rows.</summary>
/// <param name="Levels">Of this run's figures; null where undefined.</param>
/// <param name="Changes">Of this run's minus the baseline's; all null without a baseline.</param>
internal sealed record ScoreIntervals(IReadOnlyList<BootstrapInterval?> Levels, IReadOnlyList<BootstrapInterval?> Changes)
{
    /// <summary>Fewer say little about the ends of an interval.</summary>
    public const int Fewest = 200;

    /// <summary>A change this small is the order of summation: p counts the sides on which changes lie.</summary>
    private const double Rounding = 1e-12;

    /// <summary>Average precision, which visits the rows once more for each class, is left out when it would take too long.</summary>
    /// <param name="now">At least one row.</param>
    /// <param name="old">The baseline's, of the same rows; null without.</param>
    /// <param name="resamples">How many are wanted.</param>
    /// <param name="visits">Visits of a row by which the resamples are limited, though never below 200; and from how many on average precision is left out.</param>
    /// <param name="cancellationToken">Checked once per resample.</param>
    public static ScoreIntervals Of(ScoreTable now, ScoreTable? old, int resamples, (long Usual, long Most) visits, CancellationToken cancellationToken)
    {
        int rows = now.Actual.Length, names = ScoreSide.Names.Count;
        long ranked = rows + (old is null ? 1L : 2L) * rows * now.Ranked.Length;
        bool ranks = Fewest * ranked <= visits.Most;
        int count = (int)Math.Clamp(visits.Usual / (ranks ? ranked : rows), Math.Min(Fewest, resamples), resamples);
        var after = new ScoreSide(now, ranks);
        ScoreSide? before = old is null ? null : new ScoreSide(old, ranks);
        IReadOnlyList<BootstrapInterval?> intervals = RowBootstrap.Run(rows, (drawn, figures) =>
        {
            after.Fill(drawn, figures);
            if (before is null)
                return;
            before.Fill(drawn, figures[names..]);
            for (int i = 0; i < names; i++)
            {
                double change = figures[i] - figures[names + i];
                figures[names + i] = Math.Abs(change) < Rounding ? 0 : change;
            }
        }, before is null ? names : 2 * names, count, ClassificationSignificance.Seed, cancellationToken);
        return new ScoreIntervals([.. intervals.Take(names)], before is null ? new BootstrapInterval?[names] : [.. intervals.Skip(names)]);
    }

    /// <summary>Of a figure by its name; null for others.</summary>
    public static BootstrapInterval? Find(IReadOnlyList<BootstrapInterval?>? intervals, string name)
    {
        int place = ScoreSide.Names.ToList().IndexOf(name);
        return place < 0 ? null : intervals?[place];
    }
}
