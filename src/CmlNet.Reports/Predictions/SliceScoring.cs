using CmlNet.Reports.Readers;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Predictions;

/// <summary>What the probabilities of a slice say of the certainty of its figures, and of their change against the baseline.</summary>
internal sealed class SliceScoring
{
    private const int Resamples = 1_000;
    private const long MostVisits = 5_000_000;
    private const long MostSorted = 100_000;
    private readonly (ScoreTable Old, ScoreTable New)? _paired;
    private readonly ScoreTable? _table;
    private readonly int[] _places;

    public SliceScoring(PredictionsArtifact predictions, PairedPredictions? paired)
    {
        _paired = paired?.Scores;
        _table = _paired?.New ?? ScoreTable.Of(predictions);
        _places = new int[predictions.Actual.Length];
        Array.Fill(_places, -1);
        for (int i = 0; i < (_table?.Rows.Length ?? 0); i++)
            _places[_table!.Rows[i]] = i; // null has no rows
    }

    /// <param name="rows">Of the slice, as places in the file.</param>
    /// <param name="cancellationToken">Checked once per resample.</param>
    public SliceScores Of(int[] rows, CancellationToken cancellationToken)
    {
        long count = 0;
        foreach (int row in rows)
            count += _places[row] >= 0 ? 1 : 0;
        bool resamples = count * ScoreIntervals.Fewest <= MostVisits, sorts = _table is { Weights: null } && count * _table.Ranked.Length <= MostSorted;
        if (_table is null || count == 0 || (!resamples && !sorts))
            return new SliceScores { IsWeighted = _table?.Weights is not null };
        int[] places = [.. rows.Select(row => _places[row]).Where(place => place >= 0)];
        ScoreTable now = _table.Take(places);
        ScoreTable? old = _paired?.Old.Take(places);
        return new SliceScores
        {
            IsWeighted = now.Weights is not null,
            Intervals = resamples ? ScoreIntervals.Of(now, old, Resamples, (MostVisits, MostVisits), cancellationToken) : null,
            Area = sorts ? DeLong.Of(now.Actual, now.Values, now.Columns, now.Ranked) : null,
            AreaChange = sorts && old is not null ? DeLong.Of(now.Actual, old.Values, now.Values, (old.Columns, now.Columns), now.Ranked) : null,
        };
    }
}
