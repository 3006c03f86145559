namespace CmlNet.Reports.Predictions;

/// <summary>Running sums of the probability figures of one group of rows.</summary>
internal sealed class ProbabilityTally
{
    /// <summary>How many likeliest classes are tried.</summary>
    public static readonly IReadOnlyList<int> Ks = [2, 3, 5, 10];

    private const double Z95 = 1.959963984540054;
    private readonly long[] _binCounts = new long[RowScore.BinCount];
    private readonly double[] _binConfidence = new double[RowScore.BinCount];
    private readonly long[] _binRight = new long[RowScore.BinCount];
    private readonly long[] _within = new long[Ks.Count];
    private double _loss, _lossSquares, _error, _errorSquares;
    private long _count;

    public void Add(in RowScore row)
    {
        _count++;
        _loss += row.Loss;
        _lossSquares += row.Loss * row.Loss;
        _error += row.SquaredError;
        _errorSquares += row.SquaredError * row.SquaredError;
        int bin = row.Bin;
        _binCounts[bin]++;
        _binConfidence[bin] += row.Confidence;
        _binRight[bin] += row.IsRight ? 1 : 0;
        for (int i = 0; i < _within.Length; i++)
            _within[i] += row.Better < Ks[i] ? 1 : 0;
    }

    /// <param name="classes">For which K there is something to choose from.</param>
    /// <param name="areProbabilities">Else nothing but their order means anything.</param>
    public ProbabilityFigures Build(int classes, bool areProbabilities)
    {
        double n = _count;
        bool any = areProbabilities && _count > 0;
        var bins = Enumerable.Range(0, RowScore.BinCount).Where(i => any && _binCounts[i] > 0).ToList();
        return new ProbabilityFigures
        {
            Count = _count,
            LogLoss = any ? _loss / n : null,
            LogLossInterval = any ? Interval(_loss, _lossSquares) : null,
            Brier = any ? _error / n : null,
            BrierInterval = any ? Interval(_error, _errorSquares) : null,
            CalibrationError = any ? bins.Sum(i => Math.Abs(_binRight[i] - _binConfidence[i])) / n : null,
            TopK = _count == 0 ? [] : [.. Ks.Select((k, i) => KeyValuePair.Create(k, _within[i] / n)).Where(top => top.Key < classes)],
            Bins = [.. bins.Select(i => new CalibrationBin(_binCounts[i], _binConfidence[i] / _binCounts[i], (double)_binRight[i] / _binCounts[i]))],
        };
    }

    // Of a mean: 1.96 standard errors to each side.
    private (double Low, double High)? Interval(double sum, double squares)
    {
        double n = _count, mean = sum / n, half = Z95 * Math.Sqrt(Math.Max(0, squares - n * mean * mean) / (n - 1) / n);
        return _count > 1 ? (mean - half, mean + half) : null;
    }
}
