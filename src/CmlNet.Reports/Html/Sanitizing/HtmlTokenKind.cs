namespace CmlNet.Reports.Html.Sanitizing;

internal enum HtmlTokenKind
{
    Text,
    StartTag,
    EndTag,
}
