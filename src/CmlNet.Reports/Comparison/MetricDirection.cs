namespace CmlNet.Reports.Comparison;

/// <summary>Which way a metric should go.</summary>
public enum MetricDirection
{
    Unknown,
    Up,
    Down,
}
