using System.Text;
using CmlNet.Reports.Html.Sanitizing;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Reports.Tests.Html.Sanitizing;

public sealed class HtmlSanitizerTests
{
    public static TheoryData<int> VectorIndexes() => [.. Enumerable.Range(0, HostileHtml.Vectors.Length)];

    [Theory]
    [MemberData(nameof(VectorIndexes))]
    public void Sanitize_HostileInput_LeavesOnlyAllowedBalancedMarkup(int index)
    {
        var output = HtmlSanitizer.Sanitize(HostileHtml.Vectors[index]);
        Assert.Null(SafetyCheck.Problem(output));
        Assert.DoesNotContain("evil.example/x", output, StringComparison.Ordinal);
        Assert.Equal(output, HtmlSanitizer.Sanitize(output).Replace("user-content-user-content-", "user-content-", StringComparison.Ordinal));
    }

    [Fact]
    public void Sanitize_AnySequenceOfFragments_StaysBalancedAndIdempotent()
    {
        var fragments = Fragments();
        Prop.ForAll(Gen.Elements(fragments).ArrayOf().ToArbitrary(), parts =>
        {
            var output = HtmlSanitizer.Sanitize(string.Concat(parts));
            return SafetyCheck.Problem(output) is null && HtmlSanitizer.Sanitize(output) == output;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));
    }

    [Fact]
    public void Sanitize_AnyText_NeverFailsAndStaysSafe() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text => SafetyCheck.Problem(HtmlSanitizer.Sanitize("<" + text + "<b x='" + text)) is null)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Sanitize_NestingWithoutEnd_StaysShallow()
    {
        var deep = new StringBuilder().Insert(0, "<div><table><tr><td><b>", 5000).Append("end").ToString();
        var output = HtmlSanitizer.Sanitize(deep);
        Assert.Null(SafetyCheck.Problem(output));
        Assert.Contains("end", output, StringComparison.Ordinal);
        var depth = 0;
        Assert.True(new HtmlTokenizer(output).Tokens().Max(token => depth += token.Kind switch { HtmlTokenKind.StartTag => 1, HtmlTokenKind.EndTag => -1, _ => 0 }) < 70);
    }

    [Theory]
    [InlineData("<")]
    [InlineData("<!-- -->")]
    [InlineData("<x>a")]
    [InlineData("<table><td>")]
    [InlineData("</b>")]
    [InlineData("<a b='")]
    [InlineData("&amp")]
    public void Sanitize_AMillionPieces_Ends(string piece)
    {
        var many = new StringBuilder().Insert(0, piece, 1_000_000 / piece.Length).ToString();
        Assert.Null(SafetyCheck.Problem(HtmlSanitizer.Sanitize(many)));
    }

    [Fact]
    public void Sanitize_ATagWithAMillionAttributes_Ends() =>
        Assert.Equal("<p></p>", HtmlSanitizer.Sanitize($"<p {string.Join(' ', Enumerable.Range(0, 200_000).Select(i => $"a{i}"))}>"));

    [Theory]
    [InlineData("<p align=center>a<br>b", "<p align=\"center\">a<br>b</p>")]
    [InlineData("<img src=a.png width=10 onerror=x>", "<img src=\"a.png\" width=\"10\">")]
    [InlineData("<a href='#fn' id=top>x</a>", "<a href=\"#user-content-fn\" id=\"user-content-top\">x</a>")]
    [InlineData("<a href='HTTPS://x.example/?a=1&copy=2'>x</a>", "<a href=\"HTTPS://x.example/?a=1&amp;copy=2\" rel=\"nofollow noopener noreferrer\">x</a>")]
    [InlineData("<a href='mailto:a@b.example'>x</a>", "<a href=\"mailto:a@b.example\">x</a>")]
    [InlineData("<table><tr><td>1<td>2<tr><td>3</table>", "<table><tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></tbody></table>")]
    [InlineData("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>")]
    [InlineData("<p>a<p>b", "<p>a</p><p>b</p>")]
    [InlineData("<td>outside</td>", "outside")]
    [InlineData("<button>x</button><center>y</center>", "xy")]
    [InlineData("a <script>b</script> c <svg><g>d</g></svg> e", "a  c  e")]
    [InlineData("1 < 2 && 3 > 2", "1 &lt; 2 &amp;&amp; 3 &gt; 2")]
    [InlineData("&eacute;&#x1F600;&#128;", "é😀€")]
    [InlineData("<picture><source media='(prefers-color-scheme: dark)' srcset='d.png 2x'><img src=l.png></picture>",
        "<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"d.png 2x\"><img src=\"l.png\"></picture>")]
    public void Sanitize_OrdinaryMarkup_IsKeptAsABrowserReadsIt(string input, string expected) =>
        Assert.Equal(expected, HtmlSanitizer.Sanitize(input));

    public static string[] Fragments() =>
    [
        .. HtmlVocabulary.Allowed.Select(name => $"<{name}>"), .. HtmlVocabulary.Allowed.Select(name => $"</{name}>"),
        "<script>", "</script>", "<svg>", "</svg>", "<style>", "</style>", "<!--", "-->", "<textarea>", "</textarea>", "<math>", "</math>",
        "<form>", "</form>", "<button>", "</body>", "<a href=x>", "<a href='javascript:x'>", "<img src=x onerror=y>", "<table>", "<tr>", "<td>",
        "</table>", "</tr>", "<li>", "<p>", "</p>", "<b>", "</b>", "text", "\n", " ", "&amp;", "&lt;img>", "<", ">", "\"", "'", "<div title=\"", "\uD800",
    ];
}
