namespace CmlNet.Reports.Model;

/// <summary>Running text.</summary>
public sealed record ParagraphBlock(params IReadOnlyList<TextRun> Runs) : ReportBlock;
