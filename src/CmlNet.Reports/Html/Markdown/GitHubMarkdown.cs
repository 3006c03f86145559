using System.Security.Cryptography;
using System.Text;
using CmlNet.Reports.Html.Markdown.Rendering;
using CmlNet.Reports.Html.Sanitizing;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace CmlNet.Reports.Html.Markdown;

/// <summary>
/// Markdown as GitHub shows it: GitHub Flavored Markdown with alerts, footnotes, task lists, emoji codes, and HTML in the input
/// reduced to what GitHub's sanitiser keeps. Math stays text and Mermaid diagrams stay code, for nothing here runs scripts.
/// </summary>
public static class GitHubMarkdown
{
    private static readonly MarkdownPipeline DocumentPipeline = Pipeline(hardBreaks: false);
    private static readonly MarkdownPipeline CommentPipeline = Pipeline(hardBreaks: true);

    /// <summary>HTML for a comment: safe and balanced whatever the Markdown holds.</summary>
    public static string ToHtml(string markdown) => ToHtml(markdown, new GitHubMarkdownOptions());

    /// <summary>HTML for a Markdown text: safe and balanced whatever the Markdown holds. Never throws on any input.</summary>
    /// <param name="markdown">UTF-16 text, valid or not.</param>
    /// <param name="options">How line breaks, ids and images are treated.</param>
    public static string ToHtml(string markdown, GitHubMarkdownOptions options)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        ArgumentNullException.ThrowIfNull(options);
        var mark = UnusedName(markdown);
        var root = HtmlSanitizer.Parse(Render(markdown, options, mark), options.IdPrefix, mark, options.Images is not null);
        MarkedElements.Finish(root);
        if (options.Images is { } images)
            new ImagePass(images).Apply(root);
        return HtmlTreeWriter.Write(root);
    }

    private static string Render(string markdown, GitHubMarkdownOptions options, string mark)
    {
        if (MarkdownDensity.IsExcessive(markdown))
            return AsWritten(markdown);
        var pipeline = options.HardLineBreaks ? CommentPipeline : DocumentPipeline;
        try
        {
            var document = Markdig.Markdown.Parse(markdown, pipeline);
            AlignCells(document);
            using var writer = new StringWriter();
            var renderer = new HtmlRenderer(writer);
            pipeline.Setup(renderer);
            MarkedRenderers.Install(renderer, mark);
            renderer.Render(document);
            return writer.ToString();
        }
        catch (ArgumentException)
        {
            // Nested deeper than the parser goes: a text made to be hard, shown as it was written.
            return AsWritten(markdown);
        }
    }

    private static string AsWritten(string markdown) => $"<pre>{HtmlEncoding.Text(markdown)}</pre>";

    // Markdig aligns by style, which no comment may have; GitHub by attribute.
    private static void AlignCells(MarkdownDocument document)
    {
        foreach (var table in document.Descendants<Table>())
        {
            foreach (var row in table.OfType<TableRow>())
            {
                for (var i = 0; i < row.Count && i < table.ColumnDefinitions.Count; i++)
                {
                    var alignment = table.ColumnDefinitions[i].Alignment switch
                    {
                        TableColumnAlign.Left => "left",
                        TableColumnAlign.Center => "center",
                        TableColumnAlign.Right => "right",
                        _ => null,
                    };
                    if (alignment is not null)
                        row[i].GetAttributes().AddPropertyIfNotExist("align", alignment);
                }
            }
        }
    }

    // An attribute name the input does not contain: what carries it was written by our renderers and by nobody else.
    private static string UnusedName(string markdown)
    {
        var seed = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(markdown)))[..20];
        var name = "cml-" + seed;
        while (markdown.Contains(name, StringComparison.OrdinalIgnoreCase))
            name += "x";
        return name;
    }

    private static MarkdownPipeline Pipeline(bool hardBreaks)
    {
        var builder = new MarkdownPipelineBuilder()
            .UsePipeTables()
            .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
            .UseAutoLinks()
            .UseTaskLists()
            .UseFootnotes()
            .UseAlertBlocks()
            .UseMathematics()
            .UseEmojiAndSmiley(enableSmileys: false);
        return (hardBreaks ? builder.UseSoftlineBreakAsHardlineBreak() : builder).Build();
    }
}
