namespace CmlNet.Publishing.Markdown;

/// <summary>An attribute of a tag; its value as written.</summary>
internal sealed record HtmlAttribute(string Name, int ValueStart, string Value, TargetSyntax Syntax)
{
    /// <summary>The attribute at an index, which moves behind it; null when a quote never ends.</summary>
    public static HtmlAttribute? Read(string text, ref int at)
    {
        int start = at++;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('=' or '>' or '/'))
            at++;
        string name = text[start..at];
        int equals = SkipSpace(text, at);
        if (equals >= text.Length || text[equals] != '=')
            return new HtmlAttribute(name, at, "", TargetSyntax.Unquoted);
        at = SkipSpace(text, equals + 1);
        if (at >= text.Length)
            return null;
        char quote = text[at];
        if (quote is '"' or '\'')
        {
            int close = text.IndexOf(quote, at + 1);
            if (close < 0)
                return null;
            var quoted = new HtmlAttribute(name, at + 1, text[(at + 1)..close], quote == '"' ? TargetSyntax.DoubleQuoted : TargetSyntax.SingleQuoted);
            at = close + 1;
            return quoted;
        }

        int from = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] != '>')
            at++;
        return new HtmlAttribute(name, from, text[from..at], TargetSyntax.Unquoted);
    }

    private static int SkipSpace(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at;
    }
}
