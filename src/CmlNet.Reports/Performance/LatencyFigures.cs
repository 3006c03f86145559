using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Performance;

/// <summary>Percentiles (type 7) and mean, in milliseconds.</summary>
internal sealed record LatencyFigures(long Count, double P50, double P95, double P99, double Mean)
{
    /// <summary>Fewer samples say nothing about the 99th percentile.</summary>
    public const int FewForP99 = 100;

    public static LatencyFigures Of(double[] sorted) => new(sorted.Length, Quantiles.Of(sorted, 0.5), Quantiles.Of(sorted, 0.95), Quantiles.Of(sorted, 0.99), sorted.Average());

    /// <summary>By the names gates use; null for an unknown one.</summary>
    public double? this[string name] => name switch { "p50" => P50, "p95" => P95, "p99" => P99, "mean" => Mean, _ => null };
}
