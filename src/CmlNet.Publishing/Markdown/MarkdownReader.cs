using Markdig;
using Markdig.Syntax;

namespace CmlNet.Publishing.Markdown;

/// <summary>Reads GitHub-flavoured Markdown, each part knowing its place in the source.</summary>
internal static class MarkdownReader
{
    // Footnotes matter although they carry no target: without them '[^1]: text' reads as a link definition.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePreciseSourceLocation().UsePipeTables().UseFootnotes().Build();

    /// <summary>The document; <see langword="null"/> where it is nested deeper than the parser follows, which no report for people is.</summary>
    public static MarkdownDocument? Read(string markdown)
    {
        try
        {
            return Markdig.Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            // Of the parser's depth limit; it throws no other for a text that is there.
            return null;
        }
    }
}
