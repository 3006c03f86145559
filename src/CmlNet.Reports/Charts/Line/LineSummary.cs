using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Charts.Line;

/// <summary>What one line's alternative text needs.</summary>
internal sealed class LineSummary
{
    private readonly string _name;
    private readonly double _first;
    private readonly double _last;
    private readonly double _lowest = double.PositiveInfinity;
    private readonly double _lowestAt;
    private readonly double _highest = double.NegativeInfinity;
    private readonly double _highestAt;

    /// <param name="series">In order.</param>
    public LineSummary(LineSeries series)
    {
        _name = series.Name;
        ReadOnlySpan<double> allX = Values.Of(series.X), allY = Values.Of(series.Logged ?? series.Y);
        for (int i = 0; i < allY.Length; i++)
        {
            double x = allX[i], y = allY[i];
            if (!double.IsFinite(y) || !double.IsFinite(x))
                continue;
            _first = Count++ == 0 ? y : _first;
            _last = y;
            if (y < _lowest)
                (_lowest, _lowestAt) = (y, x);
            if (y > _highest)
                (_highest, _highestAt) = (y, x);
        }
    }

    public int Count { get; }

    public string Sentence(string xName) => Count == 1
        ? $"{_name} {FiveDigits.Format(_last)} at {xName} {FiveDigits.Format(_lowestAt)}"
        : $"{_name} from {FiveDigits.Format(_first)} to {FiveDigits.Format(_last)} in {Count} points (lowest {FiveDigits.Format(_lowest)} at {FiveDigits.Format(_lowestAt)}, highest {FiveDigits.Format(_highest)} at {FiveDigits.Format(_highestAt)})";
}
