namespace CmlNet.Reports.Html.Sanitizing;

/// <summary>An allowed element with its allowed attributes, names in lower case.</summary>
internal sealed class HtmlElement(string name) : HtmlNode
{
    public string Name { get; set; } = name;

    /// <summary>What our own Markdown renderer says this element is; null for everything an author wrote.</summary>
    public string? Mark { get; init; }

    public List<KeyValuePair<string, string>> Attributes { get; } = [];

    public List<HtmlNode> Children { get; } = [];

    public IEnumerable<HtmlElement> Elements() => Children.OfType<HtmlElement>();

    public string? Attribute(string name)
    {
        foreach (var attribute in Attributes)
        {
            if (attribute.Key == name)
                return attribute.Value;
        }

        return null;
    }

    public void SetAttribute(string name, string value)
    {
        Attributes.RemoveAll(attribute => attribute.Key == name);
        Attributes.Add(new(name, value));
    }

    public HtmlElement Add(HtmlNode child)
    {
        child.Parent = this;
        Children.Add(child);
        return this;
    }

    public void Insert(int index, HtmlNode child)
    {
        child.Parent = this;
        Children.Insert(index, child);
    }

    public void ReplaceWith(HtmlNode other)
    {
        if (Parent is not { } parent)
            return;
        parent.Children[parent.Children.IndexOf(this)] = other;
        other.Parent = parent;
    }

    public IEnumerable<HtmlElement> Descendants()
    {
        foreach (var child in Elements())
        {
            yield return child;
            foreach (var inner in child.Descendants())
                yield return inner;
        }
    }
}
