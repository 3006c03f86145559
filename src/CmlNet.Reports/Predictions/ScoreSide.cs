using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Predictions;

/// <summary>One side's probabilities laid out for resampling: what each row adds to the sums, and for each class the rows by falling score.</summary>
internal sealed class ScoreSide
{
    /// <summary>The figures that <see cref="Fill"/> gives.</summary>
    public static readonly IReadOnlyList<string> Names = ["log_loss", "brier", "ece", "average_precision"];

    // In an order: the row, whether it is of the class, whether the next row has another score.
    private const int RowShift = 2;
    private const uint IsPositive = 2, IsLast = 1;

    private readonly double[] _loss, _error, _gap;
    private readonly double[]? _weights;
    private readonly byte[] _bin;
    private readonly uint[][] _orders;
    private readonly bool _areProbabilities;

    /// <param name="table">At least one row.</param>
    /// <param name="ranks">Else average precision is left undefined.</param>
    public ScoreSide(ScoreTable table, bool ranks)
    {
        int rows = table.Actual.Length;
        _areProbabilities = table.AreProbabilities;
        _weights = table.Weights;
        (_loss, _error, _gap, _bin) = (new double[rows], new double[rows], new double[rows], new byte[rows]);
        for (int i = 0; i < rows; i++)
        {
            RowScore row = table.Score(i);
            double weight = _weights is { } weights ? weights[i] : 1;
            (_loss[i], _error[i], _gap[i], _bin[i]) = (weight * row.Loss, weight * row.SquaredError, weight * ((row.IsRight ? 1 : 0) - row.Confidence), (byte)row.Bin);
        }

        var order = new ScoreOrder(rows);
        _orders = ranks ? [.. table.Ranked.Select(label => Order(table, label, order))] : [];
    }

    /// <summary>Figures of a resample; NaN where undefined.</summary>
    public void Fill(ReadOnlySpan<int> drawn, Span<double> figures)
    {
        double loss = 0, error = 0, calibration = 0, total = _weights is null ? drawn.Length : 0;
        Span<double> gaps = stackalloc double[RowScore.BinCount];
        for (int i = 0; i < drawn.Length; i++)
        {
            int times = drawn[i];
            loss += times * _loss[i];
            error += times * _error[i];
            gaps[_bin[i]] += times * _gap[i];
            total += _weights is { } weights ? times * weights[i] : 0;
        }

        foreach (double gap in gaps)
            calibration += Math.Abs(gap);
        (figures[0], figures[1], figures[2]) = _areProbabilities ? (loss / total, error / total, calibration / total) : (double.NaN, double.NaN, double.NaN);
        double precision = _orders.Length == 0 ? double.NaN : 0;
        foreach (uint[] order in _orders)
            precision += AveragePrecision(order, drawn, _weights) / _orders.Length;
        figures[3] = precision;
    }

    private static uint[] Order(ScoreTable table, int label, ScoreOrder order)
    {
        order.Sort(table.Values, label, table.Columns);
        uint[] packed = new uint[order.Rows.Length];
        for (int i = 0; i < packed.Length; i++)
            packed[i] = ((uint)order.Rows[i] << RowShift) | (table.Actual[order.Rows[i]] == label ? IsPositive : 0) | (i + 1 == packed.Length || order.Keys[i + 1] != order.Keys[i] ? IsLast : 0);
        return packed;
    }

    // 0/0 without a positive row is NaN.
    private static double AveragePrecision(uint[] order, ReadOnlySpan<int> drawn, double[]? weights)
    {
        double hits = 0, called = 0, tied = 0, sum = 0;
        foreach (uint entry in order)
        {
            int row = (int)(entry >> RowShift);
            double times = weights is null ? drawn[row] : drawn[row] * weights[row];
            called += times;
            tied += (entry & IsPositive) != 0 ? times : 0;
            if ((entry & IsLast) == 0 || tied == 0)
                continue;
            hits += tied;
            sum += tied * hits / called;
            tied = 0;
        }

        return sum / hits;
    }
}
