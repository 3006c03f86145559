using CmlNet.Reports.Comparison;

namespace CmlNet.Reports.Performance;

/// <summary>Metrics that say what a run cost: training time, memory of processor and GPU.</summary>
internal static class ResourceMetrics
{
    private static readonly string[] Words = ["train_time", "training_time", "train_runtime", "train_seconds", "training_seconds", "duration", "elapsed", "memory", "mem_", "_mem", "vram", "rss", "gpu_util", "energy", "kwh", "co2"];

    public static IEnumerable<MetricChange> Of(IReadOnlyList<MetricChange> metrics) =>
        metrics.Where(change => (change.New ?? change.Old) is { IsNumeric: true } && Words.Any(word => change.Name.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
