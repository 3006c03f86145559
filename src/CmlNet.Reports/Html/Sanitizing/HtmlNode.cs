namespace CmlNet.Reports.Html.Sanitizing;

/// <summary>A part of the tree that is to be shown.</summary>
internal abstract class HtmlNode
{
    public HtmlElement? Parent { get; set; }

    public bool IsInside(string name)
    {
        for (var element = Parent; element is not null; element = element.Parent)
        {
            if (element.Name == name)
                return true;
        }

        return false;
    }
}
