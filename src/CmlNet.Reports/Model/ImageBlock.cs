namespace CmlNet.Reports.Model;

/// <summary>A picture the run left, referred to where it lies.</summary>
/// <param name="FullPath">Absolute path of the file.</param>
/// <param name="AlternativeText">What to say instead of showing it.</param>
public sealed record ImageBlock(string FullPath, string AlternativeText) : ReportBlock
{
    /// <summary>The same file as the baseline has it; null when it has none, or the same.</summary>
    public ReadOnlyMemory<byte>? Baseline { get; init; }
}
