namespace CmlNet.Reports.Html.RunPage.Sections;

/// <summary>The verdict, what ran, and the way to each part of the page.</summary>
internal static class HeaderSection
{
    public static void Write(RunPageModel model, PageWriter page)
    {
        var look = StatusLook.OfConclusion(model.Conclusion);
        page.Line($"<header class=\"top {look.Icon}\">").Line("<div class=\"wrap\">");
        var crumbs = new[] { model.Repository, model.Workflow }.OfType<string>().Where(crumb => crumb.Length > 0).ToArray();
        if (crumbs.Length > 0)
            page.Raw("<p class=\"crumbs\">").Raw(string.Join(" <span aria-hidden=\"true\">/</span> ", crumbs.Select(PageWriter.Escape))).Line("</p>");
        page.Raw("<h1>").Text(model.Title).Line("</h1>");
        page.Raw("<p class=\"verdict\">").Badge(look);
        if (model.Duration is { } duration)
            page.Raw(" <span class=\"muted\">in ").Text(PageText.Duration(duration)).Raw("</span>");
        page.Line("</p>");
        WriteFacts(model, page);
        page.Line("</div>").Line("</header>");
        WriteContents(model, page);
    }

    private static void WriteFacts(RunPageModel model, PageWriter page)
    {
        (string Name, string? Value, bool Code)[] facts =
        [
            ("Event", model.Event, false),
            ("Branch", model.Branch, true),
            ("Commit", model.Sha is { Length: > 12 } sha ? sha[..12] : model.Sha, true),
            ("Engine", model.Engine, false),
            ("Started", model.StartedAt is { } started ? PageText.Time(started) : null, false),
        ];
        page.Raw("<dl class=\"facts\">");
        foreach (var (name, value, code) in facts.Where(fact => !string.IsNullOrEmpty(fact.Value)))
        {
            page.Raw($"<div><dt>{name}</dt><dd>").Raw(code ? "<code>" : "").Text(value ?? "").Raw(code ? "</code>" : "").Raw("</dd></div>");
        }

        page.Line("</dl>");
    }

    private static void WriteContents(RunPageModel model, PageWriter page)
    {
        (string Id, string Name, int Count)[] parts =
        [
            ("comments", "Comments", model.Comments.Count),
            ("checks", "Checks", model.Checks.Count),
            ("annotations", "Annotations", model.Jobs.Sum(job => job.Annotations.Count)),
            ("jobs", "Jobs", model.Jobs.Count),
            ("summaries", "Summaries", model.Jobs.Count(job => !string.IsNullOrWhiteSpace(job.SummaryMarkdown))),
        ];
        page.Line("<nav class=\"contents\" aria-label=\"Parts of this page\"><ul class=\"wrap\">");
        foreach (var (id, name, count) in parts.Where(part => part.Count > 0))
            page.Line($"<li><a href=\"#{id}\">{name} <span class=\"count\">{PageWriter.Number(count)}</span></a></li>");
        page.Line("</ul></nav>");
    }
}
