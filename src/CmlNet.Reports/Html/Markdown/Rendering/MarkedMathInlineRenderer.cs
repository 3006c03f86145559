using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace CmlNet.Reports.Html.Markdown.Rendering;

internal sealed class MarkedMathInlineRenderer(string mark) : HtmlObjectRenderer<MathInline>
{
    protected override void Write(HtmlRenderer renderer, MathInline obj)
    {
        var fence = new string(obj.Delimiter, obj.DelimiterCount);
        if (renderer.EnableHtmlForInline)
            renderer.Write("<code ").Write(mark).Write("=\"math\">");
        renderer.WriteEscape(fence).WriteEscape(obj.Content.ToString()).WriteEscape(fence);
        if (renderer.EnableHtmlForInline)
            renderer.Write("</code>");
    }
}
