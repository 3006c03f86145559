namespace CmlNet.Reports.Html.RunPage.Sections;

internal static class ChecksSection
{
    public static void Write(IReadOnlyList<RunPageCheck> checks, PageMarkdown markdown, PageWriter page)
    {
        if (checks.Count == 0)
            return;
        page.Line("<section id=\"checks\" aria-labelledby=\"checks-title\">").Line("<h2 id=\"checks-title\">Checks</h2>");
        foreach (var check in checks)
        {
            page.Line("<article class=\"card\">").Raw("<header class=\"card-head\"><h3>").Text(check.Title).Raw("</h3>")
                .Badge(StatusLook.OfConclusion(check.Conclusion)).Line("</header>");
            if (!string.IsNullOrWhiteSpace(check.SummaryMarkdown))
                page.Raw(markdown.Document(check.SummaryMarkdown));
            AnnotationsSection.WriteList(check.Annotations, job: null, page);
            page.Line("</article>");
        }

        page.Line("</section>");
    }
}
