using CmlNet.Reports.Html.Sanitizing;

namespace CmlNet.Reports.Html.Markdown;

/// <summary>
/// Gives the elements that our own renderers marked their classes and parts, after everything an author wrote has passed the
/// sanitiser, which leaves no class and no input element.
/// </summary>
internal static class MarkedElements
{
    private static readonly Dictionary<string, string> AlertTitles = new(StringComparer.Ordinal)
    {
        ["NOTE"] = "Note",
        ["TIP"] = "Tip",
        ["IMPORTANT"] = "Important",
        ["WARNING"] = "Warning",
        ["CAUTION"] = "Caution",
    };

    public static void Finish(HtmlElement root)
    {
        foreach (var element in root.Descendants().Where(e => e.Mark is not null).ToArray())
            Finish(element, element.Mark ?? "");
    }

    private static void Finish(HtmlElement element, string mark)
    {
        switch (mark)
        {
            case "math" or "diagram":
                element.SetAttribute("class", mark);
                break;
            case "diagram-label":
                element.SetAttribute("class", mark);
                break;
            case "task" or "task-done":
                FinishTask(element, done: mark == "task-done");
                break;
            default:
                if (mark.StartsWith("alert ", StringComparison.Ordinal))
                    FinishAlert(element, mark["alert ".Length..]);
                break;
        }
    }

    private static void FinishTask(HtmlElement element, bool done)
    {
        element.SetAttribute("type", "checkbox");
        element.SetAttribute("disabled", "");
        if (done)
            element.SetAttribute("checked", "");
        element.SetAttribute("aria-label", done ? "Completed task" : "Incomplete task");
        var item = element.Parent is { Name: "p" } paragraph ? paragraph.Parent : element.Parent;
        if (item is not { Name: "li" })
            return;
        item.SetAttribute("class", "task-list-item");
        item.Parent?.SetAttribute("class", "contains-task-list");
    }

    // GitHub makes alerts of top-level quotes only; elsewhere the quote shows its marker as it was written.
    private static void FinishAlert(HtmlElement element, string kind)
    {
        if (element.Parent is { Parent: null } && AlertTitles.TryGetValue(kind, out var title))
        {
            element.Name = "div";
            element.SetAttribute("class", $"markdown-alert markdown-alert-{title.ToLowerInvariant()}");
            var heading = new HtmlElement("p").Add(new HtmlTextNode(title));
            heading.SetAttribute("class", "markdown-alert-title");
            element.Insert(0, heading);
            return;
        }

        var literal = new HtmlTextNode($"[!{kind}]");
        if (element.Elements().FirstOrDefault() is { Name: "p" } first)
        {
            first.Insert(0, new HtmlTextNode("\n"));
            first.Insert(0, new HtmlElement("br"));
            first.Insert(0, literal);
        }
        else
        {
            element.Insert(0, new HtmlElement("p").Add(literal));
        }
    }
}
