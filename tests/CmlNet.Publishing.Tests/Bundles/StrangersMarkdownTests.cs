using CmlNet.Publishing.Bundles;
using CmlNet.Publishing.Comments;
using CmlNet.Publishing.Markdown;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Publishing.Tests.Bundles;

public sealed class StrangersMarkdownTests
{
    private static readonly HashSet<string> Own = new(StringComparer.Ordinal) { "assets/0123456789abcdef-a.png" };

    private static readonly string[] Pieces =
    [
        "text", " ", "\n", "\n\n", "> ", "- ", "`", "```\n", "|", "[", "]", "(", ")", "![", "](", "<", ">", "\\", "&#33;", "[r]", "\n[r]: ", "\"CML watermark\"", "\"CML&#32;watermark\"", "<!-- ", " -->", "<img src=\"", "<img src='", "'>", "\">",
        "<source srcset=\"", " 2x, ", "http://evil.example/x.png", "//evil.example/y.png", "assets/0123456789abcdef-a.png", "other.png", "https://cml.dev/watermark.png#00", "data:image/png;base64,AAAA", "@mona", "#12", "\n/merge", "&", "&#35;", "64;mona", "\r", "\u2028",
    ];

    [Theory]
    [InlineData("hi @mona and a@b.c", "hi @\u200Bmona and a@\u200Bb.c")]
    [InlineData("&#64;mona &commat;mona &#x40;mona &num;12", "@\u200Bmona @\u200Bmona @\u200Bmona #\u200B12")]
    [InlineData("fixes #12, GH-3", "fixes #\u200B12, GH-\u200B3")]
    [InlineData("mAP@&#8203;0.5 costs &#36;5 &#640;", "mAP@\u200B&#8203;0.5 costs &#36;5 &#640;")]
    [InlineData("#&#x31;2 #&#49; GH-&#51; \\&#12;", "#\u200B&#x31;2 #\u200B&#49; GH-\u200B&#51; \\&#\u200B12;")]
    [InlineData("&&#35;64;mona", "&#\u200B64;mona")]
    [InlineData("a\r/merge\u2028/close\r\n/c", "a\n\u200B/merge\n\u200B/close\n\u200B/c")]
    [InlineData("  /merge now", "  \u200B/merge now")]
    [InlineData("<!-- sticky -->", "<\u200B!-- sticky -->")]
    [InlineData("a\u202Eb\u0007c", "abc")]
    [InlineData("![x](http://evil.example/a.png)", "*(an image that is not part of the report)*")]
    [InlineData("![x](assets/0123456789abcdef-a.png)", "![x](assets/0123456789abcdef-a.png)")]
    [InlineData("![x](assets/0123456789abcdef-b.png)", "*(an image that is not part of the report)*")]
    [InlineData("<img src=http://evil.example/a.png>", "<em>(an image that is not part of the report)</em>")]
    [InlineData("[docs](https://example.com/a)", "[docs](https://example.com/a)")]
    [InlineData("| a | b |\n|--:|---|\n| 0.91 | **up** |\n", "| a | b |\n|--:|---|\n| 0.91 | **up** |\n")]
    public void Disarm_Report_ReadsTheSameAndDoesNothing(string markdown, string expected) => Assert.Equal(expected, StrangersMarkdown.Disarm(markdown, Own));

    [Fact]
    public void Disarm_NestedTooDeeplyToBeRead_ShowsNoImage()
    {
        string text = StrangersMarkdown.Disarm(new string('>', 5000) + "x\n\n![x](http://evil.example/a.png) <img src=http://evil.example/b.png>", Own);
        Assert.DoesNotContain("![", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Disarm_AnyText_LeavesNoForeignImageMentionOrMark()
    {
        Gen<string> reports = Gen.Elements(Pieces).ListOf().Select(string.Concat);
        Prop.ForAll(reports.ToArbitrary(), report =>
        {
            string text = StrangersMarkdown.Disarm(report, Own);
            Assert.DoesNotContain(LinkFinder.Find(text, areMarksTargets: true) ?? [], t => !Own.Contains(t.Url) && t.Url != "about:blank" && (t.Notes.Count == 0 ? t.Syntax != TargetSyntax.Markdown : t.Notes.Any(n => n.Length > 0)));
            Assert.DoesNotContain("@mona", System.Net.WebUtility.HtmlDecode(text), StringComparison.Ordinal);
            Assert.DoesNotMatch("[\n\r\u2028]/merge", text);
            Assert.DoesNotContain("<!--", text, StringComparison.Ordinal);
            Assert.False(Watermark.IsIn(text, ""));
        }).QuickCheckThrowOnFailure();
    }
}
