namespace CmlNet.Reports;

/// <summary>A line for standard error.</summary>
/// <param name="Text">One line, with the file it is about.</param>
/// <param name="IsFailure">A named input could not be used as asked; the process should not end with success.</param>
public sealed record ReportMessage(string Text, bool IsFailure = false);
