using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace CmlNet.Reports.Html.Markdown.Rendering;

internal sealed class MarkedTaskRenderer(string mark) : HtmlObjectRenderer<TaskList>
{
    protected override void Write(HtmlRenderer renderer, TaskList obj)
    {
        if (renderer.EnableHtmlForInline)
            renderer.Write("<input ").Write(mark).Write(obj.Checked ? "=\"task-done\">" : "=\"task\">");
        else
            renderer.Write(obj.Checked ? "[x]" : "[ ]");
    }
}
