namespace CmlNet.Reports.Html.RunPage.Sections;

/// <summary>The comments, each as a card, as a reviewer will see it.</summary>
internal static class CommentsSection
{
    public static void Write(IReadOnlyList<RunPageComment> comments, PageMarkdown markdown, PageWriter page)
    {
        if (comments.Count == 0)
            return;
        page.Line("<section id=\"comments\" aria-labelledby=\"comments-title\">")
            .Line("<h2 id=\"comments-title\">Comments <span class=\"muted\">as a reviewer will see them</span></h2>");
        foreach (var comment in comments)
        {
            page.Line("<article class=\"comment\">").Line("<span class=\"avatar\" aria-hidden=\"true\">cml</span>")
                .Line("<div class=\"card\">")
                .Raw("<header class=\"card-head\"><h3>").Text(comment.Title).Line("</h3></header>")
                .Raw(markdown.Comment(comment.Markdown))
                .Line("</div>").Line("</article>");
        }

        page.Line("</section>");
    }
}
