using System.Globalization;
using CmlNet.Reports.Charts;
using CmlNet.Reports.Charts.Drawing;
using CmlNet.Reports.Html.RunPage;
using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Html.ReportPage;

/// <summary>
/// Report model to one HTML file that loads nothing: charts as SVG in light and dark, pictures inside. Every text of the model is plain and is
/// encoded; no Markdown or HTML of a job is interpreted. The only script is ours, allowed by its hash.
/// </summary>
public sealed class HtmlReportWriter
{
    private static readonly string Policy = $"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src '{ReportScript.Hash}'; base-uri 'none'; form-action 'none'";
    // Drawn smaller than this its letters cannot be read there: it scrolls instead.
    private const int WidestOnAPhone = 560;
    private readonly ChartSet _charts = new(ReportServices.Charts);

    /// <summary>Renders the model; writes no file, and reads only the pictures that the model points to.</summary>
    public string Render(ReportModel model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var output = new StringWriter();
        var page = new PageWriter(output);
        WriteHead(model, page);
        page.Line("<body>").Line("<a class=\"skip\" href=\"#content\">Skip to content</a>");
        page.Line($"<header class=\"top {Look(model.Verdict)}\"><div class=\"wrap\">");
        page.Raw("<h1>").Text(model.Title).Line("</h1>");
        if (model.Summary is { } summary)
            WriteRuns(page, new ParagraphBlock([.. summary.Runs.Select(run => run with { Text = UnbrokenText.Of(run.Text) })]), " class=\"lead\"");
        if (model.Comparison is { } comparison)
            page.Raw("<p class=\"crumbs\">").Text(comparison).Line("</p>");
        page.Line("</div></header>");
        WriteContents(model, page);
        page.Line("<main id=\"content\" class=\"wrap report\">");
        if (model.Sections.Count == 0)
            page.Line("<p>Nothing to report was found.</p>");
        var pictures = new ReportPictures();
        foreach (ReportSection section in model.Sections)
        {
            page.Line($"<section id=\"{PageWriter.Escape(section.Name)}\">").Raw("<h2>").Text(section.Title).Line("</h2>");
            foreach (ReportBlock block in section.Blocks)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Write(page, block, pictures);
            }

            page.Line("</section>");
        }

        page.Line("</main>").Raw("<script>").Raw(ReportScript.Text).Line("</script>").Line("</body>").Line("</html>");
        return output.ToString();
    }

    private static string Look(ReportVerdict? verdict) => verdict switch
    {
        ReportVerdict.Passed => "success",
        ReportVerdict.Warned => "warning",
        ReportVerdict.Failed => "failure",
        _ => "neutral",
    };

    private static void WriteHead(ReportModel model, PageWriter page) =>
        page.Line("<!DOCTYPE html>").Line("<html lang=\"en\">").Line("<head>").Line("<meta charset=\"utf-8\">")
            .Line($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">")
            .Line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Line("<meta name=\"color-scheme\" content=\"light dark\">")
            .Line("<meta name=\"referrer\" content=\"no-referrer\">")
            .Raw("<title>").Text(model.Title).Line("</title>")
            .Line("<style>").Raw(PageStyle.Layout).Raw(ReportPageStyle.Text).Line("</style>").Line("</head>");

    private static void WriteContents(ReportModel model, PageWriter page)
    {
        page.Line("<nav class=\"contents\" aria-label=\"Contents\"><ul class=\"wrap\">");
        foreach (ReportSection section in model.Sections)
            page.Raw($"<li><a href=\"#{PageWriter.Escape(section.Name)}\">").Text(section.Title).Line("</a></li>");
        page.Line("</ul></nav>");
    }

    private void Write(PageWriter page, ReportBlock block, ReportPictures pictures)
    {
        switch (block)
        {
            case ParagraphBlock paragraph: WriteRuns(page, paragraph, ""); break;
            case NoteBlock note: page.Raw("<blockquote>").Text(note.Text).Line("</blockquote>"); break;
            case TableBlock table: WriteTable(page, table); break;
            case ChartBlock chart: WriteChart(page, chart.Chart); break;
            case ImageBlock image: pictures.Write(page, image); break;
            default: throw new ArgumentException($"HTML has no form for {block}");
        }
    }

    private static void WriteRuns(PageWriter page, ParagraphBlock paragraph, string attributes)
    {
        page.Raw($"<p{attributes}>");
        foreach (TextRun run in paragraph.Runs)
        {
            bool strong = run.Style == RunStyle.Strong;
            page.Raw(strong ? "<strong>" : "").Text(run.Text).Raw(strong ? "</strong>" : "");
        }

        page.Line("</p>");
    }

    private static void WriteTable(PageWriter page, TableBlock table)
    {
        if (table.CollapsedUnder is { } summary)
            page.Raw("<details><summary>").Text(summary).Line("</summary>");
        // Focusable, so that a keyboard can scroll what is wider than the page.
        page.Line("<div class=\"scroll\" tabindex=\"0\"><table class=\"sortable\">").Raw("<thead><tr>");
        foreach (TableColumn column in table.Columns)
            page.Raw(column.IsNumeric ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">").Text(UnbrokenText.Of(column.Name)).Raw("</th>");
        page.Line("</tr></thead>").Line("<tbody>");
        foreach ((int place, IReadOnlyList<string> row) in table.Rows.Index())
        {
            page.Raw(table.FaintRows.Contains(place) ? "<tr class=\"faint\">" : "<tr>");
            for (int i = 0; i < row.Count; i++)
                page.Raw(table.Columns[i].IsNumeric ? "<td class=\"number\">" : Tone(row[i]) is { } tone ? $"<td class=\"{tone}\">" : "<td>").Text(UnbrokenText.Of(row[i])).Raw("</td>");
            page.Line("</tr>");
        }

        page.Line("</tbody></table></div>");
        if (table.CollapsedUnder is not null)
            page.Line("</details>");
    }

    // The marks say the same to those who see no colours.
    private static string? Tone(string cell) => cell switch
    {
        _ when cell.StartsWith('✅') || cell.Contains("▲ better", StringComparison.Ordinal) => "good",
        _ when cell.StartsWith('❌') || cell.Contains("▼ worse", StringComparison.Ordinal) => "bad",
        _ when cell.StartsWith('⚠') => "doubtful",
        _ => null,
    };

    private void WriteChart(PageWriter page, ChartData chart)
    {
        string light = _charts.Render(chart, ChartTheme.Light), dark = _charts.Render(chart, ChartTheme.Dark);
        bool isWide = int.Parse(SvgWriter.WholeWidth(light), CultureInfo.InvariantCulture) > WidestOnAPhone;
        page.Line(isWide ? "<figure class=\"chart wide\">" : "<figure class=\"chart\">");
        page.Raw("<div class=\"light\">").Raw(light).Line("</div>").Raw("<div class=\"dark\">").Raw(dark).Line("</div>");
        page.Raw("<figcaption>").Text(_charts.Describe(chart)).Line("</figcaption>").Line("</figure>");
    }
}
