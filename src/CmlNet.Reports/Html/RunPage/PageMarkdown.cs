using System.Globalization;
using CmlNet.Reports.Html.Markdown;

namespace CmlNet.Reports.Html.RunPage;

/// <summary>Markdown texts of one page: each has ids of its own, all share the pictures.</summary>
internal sealed class PageMarkdown(IMarkdownImages images)
{
    private int _texts;

    public string Comment(string markdown) => ToHtml(markdown, hardLineBreaks: true);

    public string Document(string markdown) => ToHtml(markdown, hardLineBreaks: false);

    private string ToHtml(string markdown, bool hardLineBreaks)
    {
        var html = GitHubMarkdown.ToHtml(markdown, new GitHubMarkdownOptions
        {
            IdPrefix = string.Create(CultureInfo.InvariantCulture, $"user-content-{++_texts}-"),
            HardLineBreaks = hardLineBreaks,
            Images = images,
        });
        return $"<div class=\"markdown\">\n{html}</div>\n";
    }
}
