namespace CmlNet.Reports.Gates;

/// <summary>What a gate is about.</summary>
public enum GateSubject
{
    Metric,
    Slice,
    Drift,
    Size,
    Latency,
    Contract,
}
