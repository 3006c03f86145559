namespace CmlNet.Reports.Performance;

/// <summary>Bytes of a file of this run and of the baseline.</summary>
internal sealed record SizeResult(string File, long Bytes, long? Old);
