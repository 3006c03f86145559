namespace CmlNet.Reports.Predictions;

/// <summary>Running sums of the probability figures of one group of rows.</summary>
internal sealed class ProbabilityTally
{
    /// <summary>How many likeliest classes are tried.</summary>
    public static readonly IReadOnlyList<int> Ks = [2, 3, 5, 10];

    private const int BinCount = 15;
    private const double Smallest = 2.220446049250313e-16;
    private readonly long[] _binCounts = new long[BinCount];
    private readonly double[] _binConfidence = new double[BinCount];
    private readonly long[] _binRight = new long[BinCount];
    private readonly long[] _within = new long[Ks.Count];
    private double _loss, _lossSquares, _squares;
    private long _count;

    public long Count => _count;

    /// <summary>-ln of the true class's share of the row, both clipped as scikit-learn does.</summary>
    public static double Loss(ReadOnlySpan<double> row, int actual)
    {
        double sum = 0;
        foreach (double p in row)
            sum += Math.Clamp(p, Smallest, 1 - Smallest);
        return -Math.Log(Math.Clamp(row[actual], Smallest, 1 - Smallest) / sum);
    }

    /// <param name="loss">From <see cref="Loss"/>.</param>
    /// <param name="squaredError">Sum of (p - y)² over the classes that count.</param>
    /// <param name="confidence">Probability of the positive or of the likeliest class.</param>
    /// <param name="isRight">Whether the row is of that class.</param>
    /// <param name="better">Classes that count as likelier than the true one.</param>
    public void Add(double loss, double squaredError, double confidence, bool isRight, int better)
    {
        _count++;
        _loss += loss;
        _lossSquares += loss * loss;
        _squares += squaredError;
        int bin = Math.Clamp((int)Math.Ceiling(confidence * BinCount) - 1, 0, BinCount - 1);
        _binCounts[bin]++;
        _binConfidence[bin] += confidence;
        _binRight[bin] += isRight ? 1 : 0;
        for (int i = 0; i < _within.Length; i++)
            _within[i] += better < Ks[i] ? 1 : 0;
    }

    /// <param name="classes">For which K there is something to choose from.</param>
    /// <param name="areProbabilities">Else nothing but their order means anything.</param>
    public ProbabilityFigures Build(int classes, bool areProbabilities)
    {
        double n = _count, mean = _loss / n;
        double half = 1.959963984540054 * Math.Sqrt(Math.Max(0, _lossSquares - n * mean * mean) / (n - 1) / n);
        bool any = areProbabilities && _count > 0;
        var bins = Enumerable.Range(0, BinCount).Where(i => any && _binCounts[i] > 0).ToList();
        return new ProbabilityFigures
        {
            Count = _count,
            LogLoss = any ? mean : null,
            LogLossInterval = any && _count > 1 ? (mean - half, mean + half) : null,
            Brier = any ? _squares / n : null,
            CalibrationError = any ? bins.Sum(i => Math.Abs(_binRight[i] - _binConfidence[i])) / n : null,
            TopK = _count == 0 ? [] : [.. Ks.Select((k, i) => KeyValuePair.Create(k, _within[i] / n)).Where(top => top.Key < classes)],
            Bins = [.. bins.Select(i => new CalibrationBin(_binCounts[i], _binConfidence[i] / _binCounts[i], (double)_binRight[i] / _binCounts[i]))],
        };
    }
}
