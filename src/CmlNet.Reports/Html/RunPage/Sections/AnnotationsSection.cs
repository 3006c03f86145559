using System.Globalization;

namespace CmlNet.Reports.Html.RunPage.Sections;

internal static class AnnotationsSection
{
    public static void Write(IReadOnlyList<RunPageJob> jobs, PageWriter page)
    {
        if (jobs.All(job => job.Annotations.Count == 0))
            return;
        page.Line("<section id=\"annotations\" aria-labelledby=\"annotations-title\">").Line("<h2 id=\"annotations-title\">Annotations</h2>")
            .Line("<div class=\"card\">");
        foreach (var job in jobs)
            WriteList(job.Annotations, job.Name, page);
        page.Line("</div>").Line("</section>");
    }

    public static void WriteList(IReadOnlyList<RunPageAnnotation> annotations, string? job, PageWriter page)
    {
        if (annotations.Count == 0)
            return;
        page.Line("<ul class=\"annotations\">");
        foreach (var annotation in annotations)
        {
            var look = StatusLook.OfLevel(annotation.Level);
            page.Raw($"<li class=\"{look.Icon}\">").Icon(look).Raw("<div><p class=\"annotation-head\"><strong>").HiddenWord(look)
                .Text(string.IsNullOrEmpty(annotation.Title) ? look.Word : annotation.Title).Raw("</strong>");
            if (!string.IsNullOrEmpty(annotation.File))
                page.Raw(" <code>").Text(Place(annotation.File, annotation.Line)).Raw("</code>");
            if (job is not null)
                page.Raw(" <span class=\"muted\">").Text(job).Raw("</span>");
            page.Raw("</p><p class=\"message\">").Text(annotation.Message).Line("</p></div></li>");
        }

        page.Line("</ul>");
    }

    private static string Place(string file, int? line) =>
        line is { } number ? string.Create(CultureInfo.InvariantCulture, $"{file}:{number}") : file;
}
