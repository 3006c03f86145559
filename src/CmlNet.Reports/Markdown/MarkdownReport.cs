namespace CmlNet.Reports.Markdown;

/// <summary>The finished text and the pictures it points to.</summary>
public sealed record MarkdownReport
{
    public required string Text { get; init; }

    public required IReadOnlyList<ReportAsset> Assets { get; init; }

    /// <summary>What a person should be told, such as that PNG could not be made; empty when all went well.</summary>
    public required IReadOnlyList<string> Messages { get; init; }
}
