using System.Runtime.InteropServices;

namespace CmlNet.Reports.Predictions;

/// <summary>Running sums of a weighted mean and of its uncertainty.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct MeanTally
{
    private const double Z95 = 1.959963984540054;
    private long _count;
    private double _weight, _sum, _weightSquares, _sumOfSquares, _cross;

    public readonly double Mean => _sum / _weight;

    /// <summary>Mean ± 1.96 standard errors; null for fewer than two rows. Without weights the standard deviation is that of the sample; with them each row's weighted deviation from the mean counts (Cochran 1977, section 6.4).</summary>
    public readonly (double Low, double High)? Interval
    {
        get
        {
            double n = _count, mean = Mean, spread = _sumOfSquares - 2 * mean * _cross + mean * mean * _weightSquares;
            double half = Z95 * Math.Sqrt(Math.Max(0, spread) * n / (n - 1)) / _weight;
            return _count > 1 ? (mean - half, mean + half) : null;
        }
    }

    public void Add(double value, double weight)
    {
        double weighted = weight * value;
        _count += weight > 0 ? 1 : 0;
        _weight += weight;
        _sum += weighted;
        _weightSquares += weight * weight;
        _sumOfSquares += weighted * weighted;
        _cross += weight * weighted;
    }
}
