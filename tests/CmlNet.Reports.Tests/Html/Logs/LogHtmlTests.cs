using System.Globalization;
using CmlNet.Reports.Html.Logs;
using CmlNet.Reports.Html.Sanitizing;

namespace CmlNet.Reports.Tests.Html.Logs;

public sealed class LogHtmlTests
{
    [Fact]
    public void Render_GroupsAndCommands_FoldAndStandOut()
    {
        const string Log = "##[group]Run \e[36mtrain\e[0m\necho a\n##[group]inner\nb\n##[endgroup]\n##[endgroup]\n##[endgroup]\n##[error]Bad <x>\n##[warning]w\n##[debug]d\n[command]git\r\n";
        const string Expected = """
            <details class="group"><summary class="l" data-n="1">Run train</summary>
            <div class="l" data-n="2">echo a</div>
            <details class="group"><summary class="l" data-n="3">inner</summary>
            <div class="l" data-n="4">b</div>
            </details>
            </details>
            <div class="l error" data-n="8"><b>Error: </b>Bad &lt;x&gt;</div>
            <div class="l warning" data-n="9"><b>Warning: </b>w</div>
            <div class="l debug" data-n="10">d</div>
            <div class="l command" data-n="11">git</div>

            """;
        Assert.Equal(Expected, LogHtml.Render(Log, path: null));
    }

    [Fact]
    public void Render_GroupNeverEnded_IsClosed() =>
        Assert.EndsWith("</div>\n</details>\n</details>\n", LogHtml.Render("##[group]a\n##[group]b\nc", path: null), StringComparison.Ordinal);

    [Fact]
    public void Render_HugeLog_KeepsBothEndsAndNamesTheFile()
    {
        var log = "##[group]g\n" + string.Concat(Enumerable.Range(2, 9998).Select(i => string.Create(CultureInfo.InvariantCulture, $"line {i}\n"))) + "last\n";
        var html = LogHtml.Render(log, "logs/a job/1.txt", maximumLength: 2000);
        Assert.Contains("data-n=\"2\">line 2</div>", html, StringComparison.Ordinal);
        Assert.Contains("data-n=\"10000\">last</div>", html, StringComparison.Ordinal);
        Assert.Contains("lines left out here; the whole log is <a href=\"logs/a%20job/1.txt\">logs/a job/1.txt</a>", html, StringComparison.Ordinal);
        Assert.True(html.Length < 12_000);
        Assert.Equal(
            html.Split("<details").Length, html.Split("</details>").Length);
        Assert.DoesNotContain(new HtmlTokenizer(html).Tokens(), t => t.Kind == HtmlTokenKind.StartTag && t.Value is not ("div" or "details" or "summary" or "p" or "a"));
    }

    [Fact]
    public void Render_OneEndlessLine_IsStillShort() =>
        Assert.True(LogHtml.Render(new string('y', 3_000_000), "x").Length < 50_000);
}
