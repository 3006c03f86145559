using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace CmlNet.Reports.Html.Markdown.Rendering;

/// <summary>Code blocks; the source of a Mermaid diagram or a formula, which GitHub draws by script, says what it is.</summary>
internal sealed class MarkedCodeRenderer(string mark) : HtmlObjectRenderer<CodeBlock>
{
    protected override void Write(HtmlRenderer renderer, CodeBlock obj)
    {
        renderer.EnsureLine();
        var language = (obj as FencedCodeBlock)?.Info;
        var diagram = string.Equals(language, "mermaid", StringComparison.OrdinalIgnoreCase);
        if (diagram)
        {
            renderer.Write("<div ").Write(mark).Write("=\"diagram\"><p ").Write(mark)
                .WriteLine("=\"diagram-label\">Mermaid diagram: GitHub draws it, here is its source</p>");
        }

        renderer.Write("<pre");
        if (string.Equals(language, "math", StringComparison.OrdinalIgnoreCase))
            renderer.Write(" ").Write(mark).Write("=\"math\"");
        renderer.Write("><code>");
        renderer.WriteLeafRawLines(obj, writeEndOfLines: true, escape: true);
        renderer.WriteLine("</code></pre>");
        if (diagram)
            renderer.WriteLine("</div>");
    }
}
