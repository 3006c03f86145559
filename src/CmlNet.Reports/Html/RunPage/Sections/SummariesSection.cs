namespace CmlNet.Reports.Html.RunPage.Sections;

internal static class SummariesSection
{
    public static void Write(IReadOnlyList<RunPageJob> jobs, PageMarkdown markdown, PageWriter page)
    {
        var written = jobs.Where(job => !string.IsNullOrWhiteSpace(job.SummaryMarkdown)).ToArray();
        if (written.Length == 0)
            return;
        page.Line("<section id=\"summaries\" aria-labelledby=\"summaries-title\">").Line("<h2 id=\"summaries-title\">Summaries</h2>");
        foreach (var job in written)
        {
            page.Line("<article class=\"card\">").Raw("<header class=\"card-head\"><h3>").Text(job.Name).Line("</h3></header>")
                .Raw(markdown.Document(job.SummaryMarkdown ?? "")).Line("</article>");
        }

        page.Line("</section>");
    }
}
