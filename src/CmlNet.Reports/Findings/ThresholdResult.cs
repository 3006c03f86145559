namespace CmlNet.Reports.Findings;

/// <summary>What deciding at a score would give for the positive class.</summary>
/// <param name="Threshold">Rows at or above it are called positive.</param>
/// <param name="Precision">Null when none is called positive.</param>
/// <param name="Recall">Null without a positive row.</param>
/// <param name="F1">Null when 0/0.</param>
/// <param name="FalsePositiveRate">Null without a negative row.</param>
/// <param name="Called">Rows called positive.</param>
/// <param name="IsBest">The threshold with the greatest F1.</param>
internal sealed record ThresholdResult(double Threshold, double? Precision, double? Recall, double? F1, double? FalsePositiveRate, long Called, bool IsBest);
