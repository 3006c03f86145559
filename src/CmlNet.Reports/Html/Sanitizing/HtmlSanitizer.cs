namespace CmlNet.Reports.Html.Sanitizing;

/// <summary>HTML from anybody → HTML that GitHub would keep, balanced and safe inside any block of a page.</summary>
internal static class HtmlSanitizer
{
    public const string DefaultIdPrefix = "user-content-";

    public static string Sanitize(string html) => HtmlTreeWriter.Write(Parse(html, DefaultIdPrefix, mark: null, keepImageReferences: false));

    public static HtmlElement Parse(string html, string idPrefix, string? mark, bool keepImageReferences) =>
        new HtmlTreeBuilder(new AttributePolicy(idPrefix, keepImageReferences), mark).Build(new HtmlTokenizer(html).Tokens());
}
