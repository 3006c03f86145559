namespace CmlNet.Reports.Predictions;

/// <summary>Running sums of the probability figures of one group of rows.</summary>
internal sealed class ProbabilityTally
{
    /// <summary>How many likeliest classes are tried.</summary>
    public static readonly IReadOnlyList<int> Ks = [2, 3, 5, 10];

    private const int Most = 10;

    private readonly long[] _binCounts = new long[RowScore.BinCount];
    private readonly double[] _binConfidence = new double[RowScore.BinCount];
    private readonly double[] _binWeight = new double[RowScore.BinCount];
    private readonly double[] _binRight = new double[RowScore.BinCount];
    private readonly double[] _better = new double[Most + 1];
    private MeanTally _loss, _error;
    private long _count;
    private double _weight;

    /// <param name="row">What it adds.</param>
    /// <param name="weight">What it counts for.</param>
    public void Add(in RowScore row, double weight)
    {
        _count++;
        _weight += weight;
        _loss.Add(row.Loss, weight);
        _error.Add(row.SquaredError, weight);
        int bin = row.Bin;
        _binCounts[bin]++;
        _binWeight[bin] += weight;
        _binConfidence[bin] += weight * row.Confidence;
        _binRight[bin] += row.IsRight ? weight : 0;
        _better[Math.Min(row.Better, Most)] += weight;
    }

    /// <param name="classes">For which K there is something to choose from.</param>
    /// <param name="areProbabilities">Else nothing but their order means anything.</param>
    public ProbabilityFigures Build(int classes, bool areProbabilities)
    {
        double n = _weight;
        bool any = areProbabilities && _weight > 0;
        var bins = Enumerable.Range(0, RowScore.BinCount).Where(i => any && _binWeight[i] > 0).ToList();
        return new ProbabilityFigures
        {
            Count = _count,
            LogLoss = any ? _loss.Mean : null,
            LogLossInterval = any ? _loss.Interval : null,
            Brier = any ? _error.Mean : null,
            BrierInterval = any ? _error.Interval : null,
            CalibrationError = any ? bins.Sum(i => Math.Abs(_binRight[i] - _binConfidence[i])) / n : null,
            TopK = _weight == 0 ? [] : [.. Ks.Select(k => KeyValuePair.Create(k, _better[..k].Sum() / n)).Where(top => top.Key < classes)],
            Bins = [.. bins.Select(i => new CalibrationBin(_binCounts[i], _binConfidence[i] / _binWeight[i], _binRight[i] / _binWeight[i]))],
        };
    }
}
