using System.Text.Json;
using CmlNet.Reports.Html.Markdown;
using CmlNet.Reports.Html.Sanitizing;
using CmlNet.Reports.Tests.Html.Sanitizing;
using FsCheck.Fluent;
using Microsoft.Playwright;

namespace CmlNet.Reports.Tests.Html.Browser;

/// <summary>
/// The oracle for "cannot break out and means the same on the second reading": a browser's own parser must build from the
/// output exactly the tree that the sanitiser built.
/// </summary>
public sealed class SanitizerInBrowserTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    // Parses each text inside a nest of containers, as part of a document, and describes what came out.
    private const string Describe =
        """
        texts => texts.map(text => {
          const page = new DOMParser().parseFromString('<!DOCTYPE html><body><main><ul><li><section id="in">' + text + '</section><p id="after"></p></li></ul></main></body>', 'text/html');
          const show = node => node.nodeType === 3 ? JSON.stringify(node.data)
            : node.nodeType !== 1 ? '?' + node.nodeType
            : '(' + [node.localName, ...[...node.attributes].map(a => a.name + '=' + JSON.stringify(a.value)), ...[...node.childNodes].map(show)].join(' ') + ')';
          const inside = page.getElementById('in'), after = page.getElementById('after');
          const whole = page.querySelectorAll('#in').length === 1 && inside.nextSibling === after && !after.hasChildNodes()
            && after.parentElement.childNodes.length === 2 && page.body.childNodes.length === 1;
          return (whole ? '' : 'BROKEN OUT ') + [...inside.childNodes].map(show).join(' ');
        })
        """;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [SkippableFact]
    public async Task Sanitize_HostileInput_ABrowserBuildsTheSameTree()
    {
        await AssertSameTree([.. HostileHtml.Vectors, .. HostileHtml.Vectors.Select(v => "<ul><li><table><tr><td><a href=x><b>" + v), .. HostileHtml.Vectors.Select(v => "<details><summary>" + v + "</summary>" + v)]);
    }

    [SkippableFact]
    public async Task Sanitize_RandomFragments_ABrowserBuildsTheSameTree()
    {
        var fragments = HtmlSanitizerTests.Fragments();
        await AssertSameTree([.. Gen.Elements(fragments).ArrayOf(30).Sample(4000).Select(parts => string.Concat(parts))]);
    }

    [SkippableFact]
    public async Task ToHtml_HostileMarkdown_RunsNothing()
    {
        Skip.If(chromium.Browser is null, ChromiumFixture.Absent);
        var page = await chromium.Browser.NewPageAsync();
        var loud = new List<string>();
        page.Dialog += async (_, dialog) =>
        {
            loud.Add(dialog.Message);
            await dialog.DismissAsync();
        };
        await page.RouteAsync("**/*", route => route.AbortAsync());
        await page.SetContentAsync("<!DOCTYPE html><body>" + string.Concat(HostileHtml.Vectors.Select(v => $"<div>{GitHubMarkdown.ToHtml(v)}</div>")), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        Assert.Equal(HostileHtml.Vectors.Length, await page.EvaluateAsync<int>("document.body.children.length"));
        Assert.Equal(0, await page.EvaluateAsync<int>("[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on') || /^\\s*javascript:/i.test(a.value) && a.name === 'href')).length"));
        Assert.Empty(loud);
        await page.CloseAsync();
    }

    private async Task AssertSameTree(string[] inputs)
    {
        Skip.If(chromium.Browser is null, ChromiumFixture.Absent);
        var page = await chromium.Browser.NewPageAsync();
        var trees = inputs.Select(input => HtmlSanitizer.Parse(input, HtmlSanitizer.DefaultIdPrefix, mark: null, keepImageReferences: false)).ToArray();
        var seen = await page.EvaluateAsync<string[]>(Describe, trees.Select(HtmlTreeWriter.Write).ToArray());
        for (var i = 0; i < inputs.Length; i++)
        {
            var expected = string.Join(' ', trees[i].Children.Select(Show).Where(s => s.Length > 0));
            Assert.True(expected == seen[i], $"input:    {inputs[i]}\noutput:   {HtmlTreeWriter.Write(trees[i])}\nours:     {expected}\nbrowser:  {seen[i]}");
        }

        await page.CloseAsync();
    }

    private static string Show(HtmlNode node) => node switch
    {
        HtmlTextNode text => Visible(text.Text) is { Length: > 0 } shown ? JsonSerializer.Serialize(shown, Plain) : "",
        HtmlElement element => "(" + string.Join(' ', (string[])[
            element.Name,
            .. element.Attributes.Select(a => $"{a.Key}={JsonSerializer.Serialize(Visible(a.Value), Plain)}"),
            .. element.Children.Select(Show).Where(s => s.Length > 0)]) + ")",
        _ => "",
    };

    // What encoding leaves of a text; a browser decodes the references again.
    private static string Visible(string text) => System.Net.WebUtility.HtmlDecode(CmlNet.Reports.Html.HtmlEncoding.Text(text));
}
