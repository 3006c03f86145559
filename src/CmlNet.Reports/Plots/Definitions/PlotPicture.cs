namespace CmlNet.Reports.Plots.Definitions;

/// <summary>A picture ready to be written.</summary>
/// <param name="FileName">Made of letters, digits, <c>-</c>, <c>_</c> and a suffix.</param>
/// <param name="Content">The bytes.</param>
/// <param name="AlternativeText">What it shows, in words and numbers.</param>
public sealed record PlotPicture(string FileName, ReadOnlyMemory<byte> Content, string AlternativeText)
{
    /// <summary>The picture as Markdown shows it.</summary>
    /// <param name="path">Where it was written, as the text should refer to it.</param>
    public string ToMarkdown(string path) => $"![{Markdown.MarkdownText.Escape(AlternativeText)}]({path})";
}
