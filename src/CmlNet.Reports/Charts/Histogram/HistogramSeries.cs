namespace CmlNet.Reports.Charts.Histogram;

/// <summary>How many values of one set fall into each bin.</summary>
/// <param name="Name">Of the set.</param>
/// <param name="Counts">One for each bin.</param>
public sealed record HistogramSeries(string Name, IReadOnlyList<long> Counts);
