namespace CmlNet.Publishing.Markdown;

/// <summary>An opening tag. <see cref="End"/> is the index behind its <c>&gt;</c>.</summary>
internal sealed record HtmlTag(string Name, int Start, int End, IReadOnlyList<HtmlAttribute> Attributes)
{
    /// <summary>The opening tag that starts at an index; null when there is none, or it never ends.</summary>
    public static HtmlTag? Read(string text, int start)
    {
        int at = start + 1;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '-'))
            at++;
        if (at == start + 1 || !char.IsAsciiLetter(text[start + 1]))
            return null;
        string name = text[(start + 1)..at];
        var attributes = new List<HtmlAttribute>();
        while (true)
        {
            while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] == '/'))
                at++;
            if (at >= text.Length || text[at] == '<')
                return null;
            if (text[at] == '>')
                return new HtmlTag(name, start, at + 1, attributes);
            if (HtmlAttribute.Read(text, ref at) is not { } attribute)
                return null;
            // The first of two attributes with one name is the one that counts.
            if (!attributes.Exists(a => a.Name.Equals(attribute.Name, StringComparison.OrdinalIgnoreCase)))
                attributes.Add(attribute);
        }
    }
}
