namespace CmlNet.Reports.Html.Sanitizing;

internal sealed class HtmlTextNode(string text) : HtmlNode
{
    public string Text { get; set; } = text;
}
