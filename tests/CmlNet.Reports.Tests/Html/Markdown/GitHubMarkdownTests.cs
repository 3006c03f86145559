using CmlNet.Reports.Html.Markdown;
using CmlNet.Reports.Tests.Html.Sanitizing;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Reports.Tests.Html.Markdown;

public sealed class GitHubMarkdownTests
{
    [Theory]
    [InlineData("a\nb", "<p>a<br>\nb</p>\n")]
    [InlineData("~~gone~~ :tada: www.example.com", "<p><del>gone</del> 🎉 <a href=\"http://www.example.com\" rel=\"nofollow noopener noreferrer\">www.example.com</a></p>\n")]
    [InlineData("- [x] a\n- [ ] b",
        "<ul class=\"contains-task-list\">\n<li class=\"task-list-item\"><input type=\"checkbox\" disabled=\"\" checked=\"\" aria-label=\"Completed task\"> a</li>\n<li class=\"task-list-item\"><input type=\"checkbox\" disabled=\"\" aria-label=\"Incomplete task\"> b</li>\n</ul>\n")]
    [InlineData("> [!WARNING]\n> Hot",
        "<div class=\"markdown-alert markdown-alert-warning\"><p class=\"markdown-alert-title\">Warning</p>\n<p>Hot</p>\n</div>\n")]
    [InlineData("- > [!NOTE]\n  > In a list", "<ul>\n<li>\n<blockquote>\n<p>[!NOTE]<br>\nIn a list</p>\n</blockquote>\n</li>\n</ul>\n")]
    [InlineData("<details>\n\n> [!TIP]\n> x\n\n</details>\n", "<details>\n<blockquote>\n<p>[!TIP]<br>\nx</p>\n</blockquote>\n</details>\n")]
    [InlineData("loss $\\alpha<1$", "<p>loss <code class=\"math\">$\\alpha&lt;1$</code></p>\n")]
    [InlineData("It costs $5 and $6", "<p>It costs $5 and $6</p>\n")]
    [InlineData("```mermaid\npie\n```",
        "<div class=\"diagram\"><p class=\"diagram-label\">Mermaid diagram: GitHub draws it, here is its source</p>\n<pre><code>pie\n</code></pre>\n</div>\n")]
    [InlineData("| a | b |\n|:-:|--:|\n| 1 | 2 |",
        "<table><thead><tr><th align=\"center\">a</th><th align=\"right\">b</th></tr></thead><tbody><tr><td align=\"center\">1</td><td align=\"right\">2</td></tr></tbody></table>\n")]
    [InlineData("<!-- sticky -->\n\nshown", "\n<p>shown</p>\n")]
    [InlineData("[x](javascript:alert(1)) ![y](data:image/png;base64,AA)", "<p><a>x</a> <img alt=\"y\"></p>\n")]
    [InlineData("<span class=\"markdown-alert\" style=\"color:red\">x</span>", "<p><span>x</span></p>\n")]
    [InlineData("<input type=checkbox checked>x", "<p>x</p>\n")]
    public void ToHtml_Markdown_IsWhatGitHubShows(string markdown, string expected) =>
        Assert.Equal(expected, GitHubMarkdown.ToHtml(markdown));

    [Fact]
    public void ToHtml_Footnotes_PointAtPrefixedIds()
    {
        var html = GitHubMarkdown.ToHtml("a[^1]\n\n[^1]: note", new GitHubMarkdownOptions { IdPrefix = "user-content-c2-" });
        Assert.Contains("href=\"#user-content-c2-fn:1\"", html, StringComparison.Ordinal);
        Assert.Contains("id=\"user-content-c2-fn:1\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("<")]
    [InlineData("<a ")]
    [InlineData("*a_")]
    [InlineData("`a``")]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("$a ")]
    [InlineData("|a\n|-\n")]
    [InlineData("[^1]")]
    [InlineData("<!-- ")]
    [InlineData("~~a~")]
    [InlineData("www.a.b ")]
    [InlineData("&amp ")]
    public void ToHtml_ManyPieces_Ends(string piece)
    {
        var many = string.Concat(Enumerable.Repeat(piece, 250_000 / piece.Length));
        Assert.Null(SafetyCheck.Problem(GitHubMarkdown.ToHtml(many), ours: true));
    }

    [Fact]
    public void ToHtml_LargeOrdinaryReport_IsStillMarkdown()
    {
        var rows = string.Concat(Enumerable.Range(0, 900).Select(i => $"| `slice_{i}` | **0.9** |\n"));
        Assert.Contains("<td><code>slice_1999</code></td><td><strong>0.9</strong></td>", GitHubMarkdown.ToHtml("| slice | f1 |\n|--|--|\n" + rows + "| `slice_1999` | **0.9** |"), StringComparison.Ordinal);
    }

    [Fact]
    public void ToHtml_NestedPastTheParser_ShowsTheText()
    {
        var html = GitHubMarkdown.ToHtml(new string('>', 5000) + " <b>x");
        Assert.Null(SafetyCheck.Problem(html, ours: true));
        Assert.Contains('x', html);
    }

    [Fact]
    public void ToHtml_HostileHtmlAnywhereInMarkdown_StaysSafe()
    {
        foreach (var vector in HostileHtml.Vectors)
        {
            foreach (var markdown in new[] { vector, $"- {vector}\n\n# {vector}", $"| a |\n|---|\n| {vector} |", $"> [!NOTE]\n> {vector}", $"[{vector}]({vector}) `{vector}`", $"```\n{vector}\n```" })
                Assert.True(SafetyCheck.Problem(GitHubMarkdown.ToHtml(markdown), ours: true) is null, $"{SafetyCheck.Problem(GitHubMarkdown.ToHtml(markdown), ours: true)} from {markdown}");
        }
    }

    [Fact]
    public void ToHtml_AnyMixture_StaysSafe()
    {
        string[] parts = [.. HtmlSanitizerTests.Fragments(), "\n\n", "- ", "> ", "> [!NOTE]\n", "| a |\n|--|\n", "```", "`", "**", "~~", "[x](", ")", "![", "](y)", "[^1]", "$", "$$\n", "- [ ] ", "# ", "http://x.y", ":tada:", "\\", "\0"];
        Prop.ForAll(Gen.Elements(parts).ArrayOf().ToArbitrary(), chosen => SafetyCheck.Problem(GitHubMarkdown.ToHtml(string.Concat(chosen)), ours: true) is null)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1500));
    }
}
