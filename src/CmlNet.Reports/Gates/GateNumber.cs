using CmlNet.Reports.Comparison;

namespace CmlNet.Reports.Gates;

/// <summary>What a gate judges: the number on both sides, or why there is none.</summary>
/// <param name="Value">This run's; null when it has none.</param>
/// <param name="Baseline">The baseline's; null when it has none.</param>
/// <param name="Missing">Why there is no value.</param>
internal sealed record GateNumber(double? Value, double? Baseline = null, string Missing = "")
{
    public MetricDirection Direction { get; init; }

    /// <summary>That the change is chance; null when it was not tested.</summary>
    public double? P { get; init; }

    /// <summary>95 % interval of the change; null when there is none.</summary>
    public (double Low, double High)? Interval { get; init; }

    /// <summary>Why the change was not tested.</summary>
    public string Untested { get; init; } = "the change was not tested: that needs predictions of the same rows on both sides";
}
