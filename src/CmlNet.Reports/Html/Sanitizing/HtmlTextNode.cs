using System.Text;

namespace CmlNet.Reports.Html.Sanitizing;

/// <summary>A run of text; built up piece by piece, as one hostile input can have a million pieces.</summary>
internal sealed class HtmlTextNode(string text) : HtmlNode
{
    private readonly StringBuilder _text = new(text);

    public string Text => _text.ToString();

    public void Append(string more) => _text.Append(more);
}
