namespace CmlNet.Reports.Performance;

/// <summary>Times of this run and of the baseline.</summary>
internal sealed record LatencyResult(string File, LatencyFigures Figures, LatencyFigures? Old);
