using System.Runtime.CompilerServices;
using CmlNet.Reports.Html.RunPage;
using CmlNet.Reports.Html.Sanitizing;
using CmlNet.Reports.Tests.Html.Sanitizing;

namespace CmlNet.Reports.Tests.Html.RunPage;

public sealed class RunPageWriterTests
{
    [Fact]
    public void Write_OneOfEverything_MatchesTheGolden()
    {
        var path = GoldenPath();
        var page = Write(SamplePage.Model);
        if (Environment.GetEnvironmentVariable("CML_UPDATE_GOLDENS") == "1")
            File.WriteAllText(path, page);
        Assert.Equal(File.ReadAllText(path), page);
    }

    [Fact]
    public void Write_NothingButATitle_IsAWholePage()
    {
        var page = Write(new RunPageModel { Title = "t", Conclusion = "success" });
        Assert.Contains("<title>Success: t</title>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<section", page, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_HostileTextEverywhere_AddsNoMarkup()
    {
        var expected = Shape(Write(Filled("x")));
        foreach (var vector in HostileHtml.Vectors.Where(v => v.Length > 0))
            Assert.Equal(expected, Shape(Write(Filled(vector))));
    }

    [Fact]
    public void Write_TwoTextsWithFootnotes_ShareNoId()
    {
        var comment = new RunPageComment { Title = "c", Markdown = "a[^1]\n\n[^1]: b" };
        var page = Write(new RunPageModel { Title = "t", Conclusion = "success", Comments = [comment, comment] });
        var ids = new HtmlTokenizer(page).Tokens().SelectMany(t => t.Attributes).Where(a => a.Key == "id").Select(a => a.Value).ToArray();
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
    }

    // Every text field that is not Markdown holds the same text.
    private static RunPageModel Filled(string text) => new()
    {
        Title = text,
        Conclusion = text,
        Workflow = text,
        Event = text,
        Repository = text,
        Sha = text,
        Branch = text,
        Engine = text,
        Comments = [new RunPageComment { Title = text, Markdown = "m" }],
        Checks = [new RunPageCheck { Title = text, Conclusion = text, Annotations = [new RunPageAnnotation { Level = text, Message = text, Title = text, File = text, Line = 1 }] }],
        Jobs =
        [
            new RunPageJob
            {
                Name = text,
                Conclusion = text,
                Steps = [new RunPageStep { Number = 1, Name = text, Conclusion = text, Outcome = "failure", Log = "##[group]" + text.ReplaceLineEndings(" ") + "\n" + text.ReplaceLineEndings(" ").Replace('\r', ' '), LogPath = text }],
            },
        ],
    };

    private static string Shape(string page) => string.Join(' ', new HtmlTokenizer(page).Tokens()
        .Where(t => t.Kind != HtmlTokenKind.Text)
        .Select(t => $"{t.Kind} {t.Value} {string.Join(',', t.Attributes.Select(a => a.Key))}"));

    public static string Write(RunPageModel model)
    {
        using var writer = new StringWriter();
        RunPageWriter.Write(model, writer);
        return writer.ToString();
    }

    private static string GoldenPath([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here) ?? "", "Golden", "run-page.html");
}
