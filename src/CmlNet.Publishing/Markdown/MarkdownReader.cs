using Markdig;
using Markdig.Syntax;

namespace CmlNet.Publishing.Markdown;

/// <summary>Reads GitHub-flavoured Markdown, each part knowing its place in the source.</summary>
internal static class MarkdownReader
{
    private const int Megabyte = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly MarkdownPipeline Pipeline = BuildPipeline();

    /// <summary>The document; <see langword="null"/> where it is nested deeper, or takes longer, than the parser is let follow, which no report for people does.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="limit">How long it may take. Default: ten seconds, and as long again for each megabyte; a usual one takes a quarter of a second.</param>
    public static MarkdownDocument? Read(string markdown, TimeSpan? limit = null)
    {
        try
        {
            return Markdig.Markdown.Parse(markdown, Pipeline, ParsingPatience.For(limit ?? (Patience * (1 + ((double)markdown.Length / Megabyte)))));
        }
        catch (Exception e) when (e is ArgumentException or TimeoutException)
        {
            // The first is of the parser's depth limit; it throws no other for a text that is there.
            return null;
        }
    }

    private static MarkdownPipeline BuildPipeline()
    {
        // Footnotes matter although they carry no target: without them '[^1]: text' reads as a link definition.
        MarkdownPipelineBuilder builder = new MarkdownPipelineBuilder().UsePreciseSourceLocation().UsePipeTables().UseFootnotes();
        builder.InlineParsers.Insert(0, new ParsingPatience());
        return builder.Build();
    }
}
