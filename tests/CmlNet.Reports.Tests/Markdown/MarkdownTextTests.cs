using System.Text;
using CmlNet.Reports.Markdown;
using FsCheck;
using FsCheck.Fluent;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CmlNet.Reports.Tests.Markdown;

public sealed class MarkdownTextTests
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).UseMathematics().UseTaskLists().Build();

    [Theory]
    [InlineData("f1_score", "f1_score")]
    [InlineData("a|b", "a\\|b")]
    [InlineData("@octocat", "@&#8203;octocat")]
    [InlineData("fixes #12", "fixes #&#8203;12")]
    [InlineData("GH-12", "GH-&#8203;12")]
    [InlineData("$x$", "<span>&#36;</span>x<span>&#36;</span>")]
    [InlineData("<img src=x>", "&lt;img src=x&gt;")]
    [InlineData("two\nlines", "two lines")]
    [InlineData("https://evil.example", "https:&#8203;//evil.example")]
    [InlineData("a\u202Eb", "aU+202Eb")]
    [InlineData("1. item", "1\\. item")]
    [InlineData("_x_ *y* `z`", "\\_x\\_ \\*y\\* \\`z\\`")]
    [InlineData("train/loss 0.5 %", "train/loss 0.5 %")]
    public void Escape_Text_ReadsAsWritten(string text, string expected) => Assert.Equal(expected, MarkdownText.Escape(text));

    [Fact]
    public void Escape_HostileCell_StaysOneCellOfPlainText()
    {
        string[] pieces = ["|", "`", "``", "$", "$$", "@a", "#1", "<b>", "</td>", "\n", "\r\n\r\n", "*", "**", "_", "[x](y)", "![", "](", "&lt;", "&#124;", "\\", "\\|", "~~", "http://a.b", "www.a.b", "a@b.cd", "<!--", "-->", ":", "---", "- [ ]", "x", " ", "\u202E", "😀", "{", "}", "=", "+"];
        Gen<string> hostile = Gen.Elements(pieces).ArrayOf().Select(chosen => string.Concat(chosen));
        Prop.ForAll(hostile.ToArbitrary(), text =>
        {
            MarkdownDocument document = Markdig.Markdown.Parse($"| A | B |\n| --- | --- |\n| k{MarkdownText.Escape(text)} | v |\n", Pipeline);
            Table table = Assert.IsType<Table>(Assert.Single(document));
            TableRow row = (TableRow)table[1];
            Assert.Equal((2, 2), (table.Count, row.Count));
            foreach (Inline inline in row.Descendants<Inline>())
                Assert.True(inline is LiteralInline or HtmlEntityInline or ContainerInline and not (LinkInline or EmphasisInline) || inline is HtmlInline { Tag: "<span>" or "</span>" }, $"{inline.GetType().Name} from {text}");
            Assert.Equal("v", Text((TableCell)row[1]));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Attribute_HostileText_CannotLeaveItsQuotes()
    {
        string escaped = MarkdownText.Attribute("\" onload=x <b>\n\n# h & 'q'");
        Assert.Equal("&quot; onload=x &lt;b&gt;  # h &amp; &#39;q&#39;", escaped);
    }

    private static string Text(TableCell cell)
    {
        var text = new StringBuilder();
        foreach (LiteralInline literal in cell.Descendants<LiteralInline>())
            text.Append(literal.Content.ToString());
        return text.ToString();
    }
}
