namespace CmlNet.Reports.Model;

/// <summary>Plain text in one style.</summary>
public sealed record TextRun(string Text, RunStyle Style = RunStyle.Plain);
