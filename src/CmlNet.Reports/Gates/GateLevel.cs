namespace CmlNet.Reports.Gates;

/// <summary>What a failed gate is.</summary>
public enum GateLevel
{
    Error,
    Warn,
}
