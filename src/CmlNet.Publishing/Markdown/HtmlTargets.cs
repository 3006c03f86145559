using System.Net;

namespace CmlNet.Publishing.Markdown;

/// <summary>A small HTML tokenizer: <c>img src</c> and <c>source srcset</c>, comments and closing tags passed over.</summary>
internal static class HtmlTargets
{
    /// <param name="html">The text.</param>
    /// <param name="alone">The place of a picture that is all there is in it.</param>
    public static IEnumerable<LinkTarget> Find(MappedText html, NotePlace? alone)
    {
        string text = html.Text;
        int at = 0;
        while ((at = text.IndexOf('<', at)) >= 0)
        {
            if (text.AsSpan(at).StartsWith("<!--"))
            {
                int end = text.IndexOf("-->", at + 4, StringComparison.Ordinal);
                if (end < 0)
                    yield break;
                at = end + 3;
                continue;
            }

            HtmlTag? tag = HtmlTag.Read(text, at);
            if (tag is null)
            {
                at++;
                continue;
            }

            foreach (LinkTarget target in TargetsOf(tag, html))
                yield return target.Notes.Count > 0 ? target with { Alone = alone } : target;
            at = tag.End;
        }
    }

    private static IEnumerable<LinkTarget> TargetsOf(HtmlTag tag, MappedText html)
    {
        bool isImage = tag.Name.Equals("img", StringComparison.OrdinalIgnoreCase);
        if (!isImage && !tag.Name.Equals("source", StringComparison.OrdinalIgnoreCase))
            yield break;
        foreach (HtmlAttribute attribute in tag.Attributes)
        {
            if (isImage && attribute.Name.Equals("src", StringComparison.OrdinalIgnoreCase))
            {
                int from = html.SourceOf(tag.Start);
                var note = new NotePlace(from, html.SourceOf(tag.End - 1) + 1 - from, IsHtml: true);
                if (Target(attribute, 0, attribute.Value, html) is { } target)
                    yield return target with { Notes = [note] };
            }
            else if (attribute.Name.Equals("srcset", StringComparison.OrdinalIgnoreCase))
            {
                foreach ((int offset, string url) in Candidates(attribute.Value))
                {
                    if (Target(attribute, offset, url, html) is { } target)
                        yield return target;
                }
            }
        }
    }

    /// <summary>The URLs of a <c>srcset</c>: candidates between commas, each a URL and perhaps a width or density. A <c>data:</c> URL holds commas of its own, so one ends the search.</summary>
    private static IEnumerable<(int Offset, string Url)> Candidates(string value)
    {
        int at = 0;
        while (at < value.Length)
        {
            while (at < value.Length && (char.IsWhiteSpace(value[at]) || value[at] == ','))
                at++;
            int start = at;
            while (at < value.Length && !char.IsWhiteSpace(value[at]))
                at++;
            string url = value[start..at].TrimEnd(',');
            if (url.Length == 0 || url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
                yield break;
            yield return (start, url);
            if (value[at - 1] != ',')
                at = value.IndexOf(',', at) is var comma and >= 0 ? comma + 1 : value.Length;
        }
    }

    private static LinkTarget? Target(HtmlAttribute attribute, int offset, string written, MappedText html)
    {
        int lead = written.Length - written.TrimStart().Length;
        string trimmed = written.Trim();
        if (trimmed.Length == 0)
            return null;
        int start = html.SourceOf(attribute.ValueStart + offset + lead);
        int end = html.SourceOf(attribute.ValueStart + offset + lead + trimmed.Length - 1) + 1;
        // A value broken over lines holds the marks of the blocks around it; nobody names a file so.
        return end - start != trimmed.Length
            ? null
            : new LinkTarget { Start = start, Length = trimmed.Length, Url = WebUtility.HtmlDecode(trimmed), Syntax = attribute.Syntax };
    }
}
