namespace CmlNet.Runner.Fleet;

/// <summary>Counts of durations by upper bound.</summary>
internal sealed class Histogram(IReadOnlyList<double> bounds)
{
    private readonly long[] _counts = new long[bounds.Count];

    public IReadOnlyList<double> Bounds => bounds;

    /// <summary>How many were at most as long as each bound.</summary>
    public IReadOnlyList<long> Counts => _counts;

    public long Count { get; private set; }

    public double Sum { get; private set; }

    public void Add(double seconds)
    {
        for (int i = 0; i < bounds.Count; i++)
        {
            if (seconds <= bounds[i])
                _counts[i]++;
        }

        Count++;
        Sum += Math.Max(0, seconds);
    }

    public Histogram Copy()
    {
        var copy = new Histogram(bounds) { Count = Count, Sum = Sum };
        _counts.CopyTo(copy._counts, 0);
        return copy;
    }
}
