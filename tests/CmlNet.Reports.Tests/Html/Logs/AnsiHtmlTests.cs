using CmlNet.Reports.Html.Logs;
using CmlNet.Reports.Html.Sanitizing;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Reports.Tests.Html.Logs;

public sealed class AnsiHtmlTests
{
    [Theory]
    [InlineData("plain <b> & \"x\"", "plain &lt;b&gt; &amp; &quot;x&quot;")]
    [InlineData("\e[31mred\e[0m.", "<span class=\"f1\">red</span>.")]
    [InlineData("\e[1;4;92mx\e[22my\e[24;39mz", "<span class=\"f10 bold under\">x</span><span class=\"f10 under\">y</span>z")]
    [InlineData("\e[7;33;44mx\e[m", "<span class=\"f4 b3 inv\">x</span>")]
    [InlineData("\e[38;5;196mx\e[48;5;3my\e[49;39m", "<span style=\"color:#ff0000;\">x</span><span class=\"b3\" style=\"color:#ff0000;\">y</span>")]
    [InlineData("\e[38;2;1;2;300mx", "<span style=\"color:#0102ff;\">x</span>")]
    [InlineData("\e[38:5:244mx", "<span style=\"color:#808080;\">x</span>")]
    [InlineData("\e[38;5mx\e[999;;1my", "x<span class=\"bold\">y</span>")]
    [InlineData("\e[8mhidden", "hidden")]
    [InlineData("a\e[2K\e[1;1Hb\e[?25lc\e(Bd\e=e", "abcde")]
    [InlineData("\e]0;title\u0007a\e]8;;https://evil.example\e\\link\e]8;;\e\\", "alink")]
    [InlineData("a\e]52;c;never ended", "a")]
    [InlineData("a\e[", "a")]
    [InlineData("a\e", "a")]
    [InlineData("\u009B31mx", "<span class=\"f1\">x</span>")]
    [InlineData("10%\r50%\r100%\r", "100%")]
    [InlineData("a\0b\bc\u007F", "a␀b␈c␡")]
    [InlineData("safe \u202Etxet\u2066", "safe [U+202E]txet[U+2066]")]
    public void Line_TerminalOutput_BecomesSpansAndText(string line, string expected) => Assert.Equal(expected, new AnsiHtml().Line(line));

    [Fact]
    public void Line_StyleLeftOpen_CarriesToTheNextLine()
    {
        var ansi = new AnsiHtml();
        Assert.Equal("<span class=\"f1\">a</span>", ansi.Line("\e[31ma"));
        Assert.Equal("<span class=\"f1\">b</span>c", ansi.Line("b\e[0mc"));
    }

    [Fact]
    public void Line_InvalidUtf16_BecomesValid() =>
        Assert.Equal("\uFFFDx\uFFFD 😀", new AnsiHtml().Line("\uD800x\uDC00 \uD83D\uDE00"));

    [Fact]
    public void Line_VeryLong_IsCutWithTheCount() =>
        Assert.EndsWith("x<span class=\"cut\"> … 5 more characters</span>", new AnsiHtml().Line(new string('x', 10_005)), StringComparison.Ordinal);

    [Fact]
    public void Line_AnyText_HoldsOnlyBalancedSpans()
    {
        string[] parts = ["\e[31m", "\e[38;5;", "\e[", "\e]8;;", "\e\\", "m", "1;", "7", "<script>", "\"", "'", "&", "x", "\r", "\0", "\uD800", "\u202E", "\u009B", "\e[48;2;1;2;3m"];
        Prop.ForAll(Gen.Elements(parts).ArrayOf().ToArbitrary(), chosen =>
        {
            var depth = 0;
            foreach (var token in new HtmlTokenizer(new AnsiHtml().Line(string.Concat(chosen))).Tokens().Where(t => t.Kind != HtmlTokenKind.Text))
            {
                if (token.Value != "span" || token.Attributes.Any(a => a.Key is not ("class" or "style")))
                    return false;
                depth += token.Kind == HtmlTokenKind.StartTag ? 1 : -1;
                if (depth is < 0 or > 1)
                    return false;
            }

            return depth == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }
}
