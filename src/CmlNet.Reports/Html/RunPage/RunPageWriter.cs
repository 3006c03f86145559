using CmlNet.Reports.Html.RunPage.Sections;

namespace CmlNet.Reports.Html.RunPage;

/// <summary>
/// Writes the page of a run: one file, no script, nothing fetched. Light and dark follow the reader's system. The order is
/// what a reviewer asks: the verdict, the comments, the checks, then how it came about.
/// </summary>
public static class RunPageWriter
{
    // Nothing may be loaded but pictures inside the page; style attributes carry bar widths and log colours.
    private const string Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    /// <summary>Writes the whole page as UTF-16 text; the caller chooses UTF-8 for the file.</summary>
    /// <param name="model">What to show.</param>
    /// <param name="output">Left open.</param>
    public static void Write(RunPageModel model, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(output);
        var page = new PageWriter(output);
        WriteHead(model, page);
        page.Line("<body>").Line("<a class=\"skip\" href=\"#content\">Skip to content</a>").Line(PageIcons.Sprite);
        HeaderSection.Write(model, page);
        page.Line("<main id=\"content\" class=\"wrap\">");
        var markdown = new PageMarkdown(new PageImages(model.Assets));
        CommentsSection.Write(model.Comments, markdown, page);
        ChecksSection.Write(model.Checks, markdown, page);
        AnnotationsSection.Write(model.Jobs, page);
        JobsSection.Write(model.Jobs, page);
        SummariesSection.Write(model.Jobs, markdown, page);
        page.Line("</main>");
        page.Line("<footer class=\"wrap foot\"><p>Written by cml on this machine. The page loads nothing and runs nothing.</p></footer>");
        page.Line("</body>").Line("</html>");
    }

    private static void WriteHead(RunPageModel model, PageWriter page)
    {
        page.Line("<!DOCTYPE html>").Line("<html lang=\"en\">").Line("<head>").Line("<meta charset=\"utf-8\">")
            .Line($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">")
            .Line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Line("<meta name=\"color-scheme\" content=\"light dark\">")
            .Line("<meta name=\"referrer\" content=\"no-referrer\">")
            .Raw("<title>").Text($"{StatusLook.OfConclusion(model.Conclusion).Word}: {model.Title}").Line("</title>")
            .Line("<style>").Raw(PageStyle.Layout).Raw(PageStyle.Markdown).Raw(PageStyle.Logs).Line("</style>").Line("</head>");
    }
}
