namespace CmlNet.Reports.Markdown;

/// <summary>A file that belongs to the report.</summary>
/// <param name="FullPath">Absolute, inside the assets folder.</param>
/// <param name="Content">Its bytes.</param>
public sealed record ReportAsset(string FullPath, ReadOnlyMemory<byte> Content);
