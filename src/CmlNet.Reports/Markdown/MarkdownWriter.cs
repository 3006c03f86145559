using System.Text;
using CmlNet.Reports.Charts;
using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Markdown;

/// <summary>
/// Report model to GitHub-flavoured Markdown. Uses only what GitHub's sanitiser lets through, ends every HTML block with a blank line
/// (else GitHub swallows the next line), and keeps tables and alternative text readable as plain text.
/// </summary>
public sealed class MarkdownWriter
{
    private readonly ChartSet _charts = new(ReportServices.Charts);

    /// <summary>Renders the model; writes no file.</summary>
    public MarkdownReport Render(ReportModel model, MarkdownTarget target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(target);
        var assets = new ChartAssets(_charts, [.. model.Sections.SelectMany(section => section.Blocks).OfType<ChartBlock>()], target.AssetsDirectory, cancellationToken);
        var text = new StringBuilder();
        var before = new List<ReportAsset>();
        if (model.Summary is { } summary)
            AppendRuns(text, summary);
        text.Append("# ").Append(MarkdownText.Escape(model.Title)).Append("\n\n");
        if (model.Comparison is { } comparison)
            text.Append(MarkdownText.Escape(comparison)).Append("\n\n");
        if (model.Sections.Count == 0)
            text.Append("Nothing to report was found.\n\n");
        foreach (ReportSection section in model.Sections)
        {
            text.Append("## ").Append(MarkdownText.Escape(section.Title)).Append("\n\n");
            foreach (ReportBlock block in section.Blocks)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Append(text, block, (assets, before), target);
            }
        }

        return new MarkdownReport { Text = text.ToString().TrimEnd('\n') + "\n", Assets = [.. assets.Assets, .. before], Messages = assets.Messages };
    }

    private static void Append(StringBuilder text, ReportBlock block, (ChartAssets Charts, List<ReportAsset> Before) assets, MarkdownTarget target)
    {
        switch (block)
        {
            case ParagraphBlock paragraph: AppendRuns(text, paragraph); break;
            case NoteBlock note: text.Append("> ").Append(MarkdownText.Escape(note.Text)).Append("\n\n"); break;
            case TableBlock table: AppendTable(text, table); break;
            case ChartBlock chart: AppendPicture(text, assets.Charts[chart], target); break;
            case ImageBlock image: AppendImage(text, image, assets.Before, target); break;
            default: throw new ArgumentException($"Markdown has no form for {block}");
        }
    }

    private static void AppendRuns(StringBuilder text, ParagraphBlock paragraph)
    {
        foreach (TextRun run in paragraph.Runs)
        {
            string mark = run.Style == RunStyle.Strong ? "**" : "";
            string leading = run.Text.StartsWith(' ') ? " " : "", trailing = run.Text.EndsWith(' ') ? " " : "";
            text.Append(leading).Append(mark).Append(MarkdownText.Escape(run.Text)).Append(mark).Append(trailing);
        }

        text.Append("\n\n");
    }

    private static void AppendTable(StringBuilder text, TableBlock table)
    {
        if (table.CollapsedUnder is { } summary)
            text.Append("<details><summary>").Append(MarkdownText.Attribute(summary)).Append("</summary>\n\n");
        AppendRow(text, table.Columns.Select(column => column.Name));
        text.Append('|').AppendJoin('|', table.Columns.Select(column => column.IsNumeric ? " ---: " : " --- ")).Append("|\n");
        for (int i = 0; i < table.Rows.Count; i++)
            AppendRow(text, table.Rows[i], table.FaintRows.Contains(i));
        text.Append('\n');
        if (table.CollapsedUnder is not null)
            text.Append("</details>\n\n");
    }

    // GitHub lets no colour through; small letters are the nearest to grey.
    private static void AppendRow(StringBuilder text, IEnumerable<string> cells, bool isFaint = false)
    {
        foreach (string cell in cells)
        {
            bool small = isFaint && cell.Length > 0;
            text.Append("| ").Append(small ? "<sub>" : "").Append(MarkdownText.Escape(UnbrokenText.Of(cell))).Append(small ? "</sub>" : "").Append(cell.Length > 0 ? " " : "");
        }

        text.Append("|\n");
    }

    // Beside the baseline's, which lies nowhere yet and becomes a file of the report.
    private static void AppendImage(StringBuilder text, ImageBlock image, List<ReportAsset> before, MarkdownTarget target)
    {
        string now = Image(image.AlternativeText, image.FullPath);
        if (image.Baseline is not { } old)
        {
            text.Append(now).Append("\n\n");
            return;
        }

        string path = Path.Combine(target.AssetsDirectory, $"before-{before.Count + 1}{Path.GetExtension(image.FullPath).ToLowerInvariant()}");
        before.Add(new ReportAsset(path, old));
        text.Append("| Baseline | This |\n| --- | --- |\n| ").Append(Image(image.AlternativeText + " in the baseline", path)).Append(" | ").Append(now).Append(" |\n\n");

        string Image(string alternative, string file) => $"![{MarkdownText.Escape(alternative)}]({MarkdownPath.Relative(target.OutputDirectory, file)})";
    }

    private static void AppendPicture(StringBuilder text, DrawnChart chart, MarkdownTarget target)
    {
        string light = MarkdownPath.Relative(target.OutputDirectory, chart.Light), dark = MarkdownPath.Relative(target.OutputDirectory, chart.Dark);
        text.Append("<picture>\n");
        text.Append($"<source media=\"(prefers-color-scheme: dark)\" srcset=\"{dark}\">\n");
        text.Append($"<img alt=\"{MarkdownText.Attribute(chart.AlternativeText)}\" src=\"{light}\" width=\"{chart.Width}\">\n");
        text.Append("</picture>\n\n");
    }
}
