using Markdig.Extensions.Alerts;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace CmlNet.Reports.Html.Markdown.Rendering;

/// <summary>
/// Replaces the renderers of everything that needs a class or an element that no author may write. They say what they mean in
/// the marked attribute, for the step after the sanitiser.
/// </summary>
internal static class MarkedRenderers
{
    public static void Install(HtmlRenderer renderer, string mark)
    {
        renderer.ObjectRenderers.ReplaceOrAdd<AlertBlockRenderer>(new MarkedAlertRenderer(mark));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlTaskListRenderer>(new MarkedTaskRenderer(mark));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new MarkedMathInlineRenderer(mark));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathBlockRenderer>(new MarkedMathBlockRenderer(mark));
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new MarkedCodeRenderer(mark));
    }
}
