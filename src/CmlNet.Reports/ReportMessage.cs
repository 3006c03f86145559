namespace CmlNet.Reports;

/// <summary>A line for standard error.</summary>
/// <param name="Text">One line, with the file it is about; free of control characters, whatever the file's names contain.</param>
/// <param name="IsFailure">A named input could not be used as asked; the process should not end with success.</param>
public sealed record ReportMessage(string Text, bool IsFailure = false)
{
    private const int LongestText = 2_000;

    public string Text { get; } = PrintableText.Of(Text, LongestText);
}
