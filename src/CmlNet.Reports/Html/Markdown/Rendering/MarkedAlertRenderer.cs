using Markdig.Extensions.Alerts;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace CmlNet.Reports.Html.Markdown.Rendering;

internal sealed class MarkedAlertRenderer(string mark) : HtmlObjectRenderer<AlertBlock>
{
    protected override void Write(HtmlRenderer renderer, AlertBlock obj)
    {
        renderer.EnsureLine();
        renderer.Write("<blockquote ").Write(mark).Write("=\"alert ").WriteEscape(obj.Kind.ToString().ToUpperInvariant()).WriteLine("\">");
        var implicitParagraph = renderer.ImplicitParagraph;
        renderer.ImplicitParagraph = false;
        renderer.WriteChildren(obj);
        renderer.ImplicitParagraph = implicitParagraph;
        renderer.WriteLine("</blockquote>");
    }
}
