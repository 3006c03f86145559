using Markdig.Extensions.Footnotes;
using Markdig.Helpers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CmlNet.Publishing.Markdown;

/// <summary>Finds the link targets of GitHub-flavoured Markdown by their exact place in the source, so that nothing else need be touched.</summary>
internal static class LinkFinder
{
    /// <param name="markdown">The text.</param>
    /// <param name="areMarksTargets">Whether CML's mark, which is written as an image, counts as one.</param>
    /// <returns>The targets; <see langword="null"/> where the text is nested deeper than the parser follows.</returns>
    public static IReadOnlyList<LinkTarget>? Find(string markdown, bool areMarksTargets = false)
    {
        // Every target is behind one of these; loading the parser takes longer than posting a short report.
        if (markdown.AsSpan().IndexOfAny('[', '<') < 0)
            return [];
        if (MarkdownReader.Read(markdown) is not { } document)
            return null;
        var targets = new List<LinkTarget>();
        var definitions = new List<LinkReferenceDefinition>();
        var uses = new Dictionary<LinkReferenceDefinition, List<NotePlace>>(ReferenceEqualityComparer.Instance);
        foreach (MarkdownObject item in document.Descendants())
        {
            switch (item)
            {
                case LinkInline { IsAutoLink: false } link:
                    AddLink(markdown, link, targets, uses, areMarksTargets);
                    break;
                case HtmlBlock block:
                    var html = MappedText.Of(block);
                    targets.AddRange(HtmlTargets.Find(html, block.Parent is MarkdownDocument ? HtmlPicture.Alone(html) : null));
                    break;
                case LinkReferenceDefinition definition when definition is not FootnoteLinkReferenceDefinition:
                    definitions.Add(definition);
                    break;
                case HtmlInline inline when MappedText.Of(markdown, inline.Span.Start, inline.Tag) is { } tag:
                    targets.AddRange(HtmlTargets.Find(tag, alone: null));
                    break;
            }
        }

        foreach (LinkReferenceDefinition definition in definitions)
        {
            if (Place(markdown, definition.UrlSpan, definition.Url) is { } place && (areMarksTargets || !IsWatermark(definition.Title)))
                targets.Add(place with { Notes = uses.GetValueOrDefault(definition) ?? [] });
        }

        return targets;
    }

    private static void AddLink(string markdown, LinkInline link, List<LinkTarget> targets, Dictionary<LinkReferenceDefinition, List<NotePlace>> uses, bool areMarksTargets)
    {
        if ((!areMarksTargets && IsWatermark(link.Title)) || link.Span.IsEmpty || link.Span.End >= markdown.Length)
            return;
        // A note replaces an image; it follows a link, whose text is worth keeping.
        NotePlace note = link.IsImage ? new NotePlace(link.Span.Start, link.Span.Length, IsHtml: false) : new NotePlace(link.Span.End + 1, 0, IsHtml: false);
        if (link.Reference is { } definition)
        {
            if (!uses.TryGetValue(definition, out List<NotePlace>? places))
                uses[definition] = places = [];
            places.Add(note);
        }
        else if (Place(markdown, link.UrlSpan, link.Url) is { } place)
        {
            targets.Add(place with { Notes = [note], Alone = IsAlone(link) ? note : null });
        }
    }

    /// <summary>An image is all that its paragraph holds, and no list, quotation or table is around it.</summary>
    private static bool IsAlone(LinkInline link) =>
        link is { IsImage: true, PreviousSibling: null, NextSibling: null, Parent.ParentBlock: ParagraphBlock { Parent: MarkdownDocument } } && link.Parent == link.Parent.ParentBlock.Inline;

    /// <summary>The target inside the span the parser reports; null when the span does not hold exactly what the parser read.</summary>
    private static LinkTarget? Place(string markdown, SourceSpan span, string? url)
    {
        if (string.IsNullOrEmpty(url) || span.IsEmpty || span.Start < 0 || span.End >= markdown.Length)
            return null;
        int start = span.Start;
        int length = span.Length;
        if (markdown[start] == '<' && markdown[span.End] == '>')
        {
            start++;
            length -= 2;
        }

        string written = markdown.Substring(start, length);
        return written == url || HtmlHelper.Unescape(written) == url
            ? new LinkTarget { Start = start, Length = length, Url = url, Syntax = TargetSyntax.Markdown }
            : null;
    }

    private static bool IsWatermark(string? title) => title?.StartsWith("CML watermark", StringComparison.Ordinal) == true;
}
