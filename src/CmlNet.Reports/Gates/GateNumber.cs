namespace CmlNet.Reports.Gates;

/// <summary>What a gate judges: the number on both sides, or why there is none.</summary>
/// <param name="Value">This run's; null when it has none.</param>
/// <param name="Baseline">The baseline's; null when it has none.</param>
/// <param name="Missing">Why there is no value.</param>
internal sealed record GateNumber(double? Value, double? Baseline = null, string Missing = "");
