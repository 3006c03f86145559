namespace CmlNet.Reports.Charts.Line;

/// <summary>Curves of one quantity: long ones smoothed with the raw values pale behind them, the baseline's dashed in the colour of its counterpart.</summary>
internal static class TrainingCurves
{
    /// <summary>Shorter curves are as clear as they are.</summary>
    private const int SmoothedFrom = 100;

    /// <param name="title">Name of the quantity.</param>
    /// <param name="xName">What counts the steps.</param>
    /// <param name="series">This run's: train and validation of one quantity.</param>
    /// <param name="baseline">The baseline's; those whose name this run has not are left out.</param>
    public static LineChartData Of(string title, string xName, IReadOnlyList<LineSeries> series, IReadOnlyList<LineSeries> baseline)
    {
        var drawn = new List<LineSeries>();
        foreach ((int color, LineSeries one) in series.Index())
        {
            bool smooth = one.Y.Count >= SmoothedFrom;
            if (smooth)
                drawn.Add(one with { Name = one.Name + " raw", Color = color, IsFaint = true });
            drawn.Add((smooth ? Smoothing.Apply(one) : one) with { Color = color });
        }

        foreach ((int color, LineSeries one) in series.Index())
        {
            if (baseline.FirstOrDefault(old => old.Name == one.Name) is { } old)
                drawn.Add((old.Y.Count >= SmoothedFrom ? Smoothing.Apply(old) : old) with { Name = one.Name + " (baseline)", Color = color, IsDashed = true });
        }

        return new LineChartData { Title = series.Any(one => one.Y.Count >= SmoothedFrom) ? $"{title} (smoothed)" : title, XName = xName, Series = drawn };
    }
}
