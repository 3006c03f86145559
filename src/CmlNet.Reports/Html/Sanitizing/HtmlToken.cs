namespace CmlNet.Reports.Html.Sanitizing;

/// <summary>One token of an HTML text. Comments, doctypes and processing instructions are no tokens: nothing of ours reads them.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The text with character references decoded, or the tag name in lower case.</param>
/// <param name="Attributes">Of a start tag: names in lower case, values decoded, the first of a repeated name.</param>
internal sealed record HtmlToken(HtmlTokenKind Kind, string Value, IReadOnlyList<KeyValuePair<string, string>> Attributes)
{
    public static HtmlToken Text(string text) => new(HtmlTokenKind.Text, text, []);

    public static HtmlToken End(string name) => new(HtmlTokenKind.EndTag, name, []);
}
