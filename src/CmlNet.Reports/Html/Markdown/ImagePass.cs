using CmlNet.Reports.Html.Sanitizing;

namespace CmlNet.Reports.Html.Markdown;

/// <summary>Puts the picture itself, or a link, or a note in the place of every image of a tree.</summary>
internal sealed class ImagePass(IMarkdownImages images)
{
    public void Apply(HtmlElement root)
    {
        foreach (var source in root.Descendants().Where(e => e.Name == "source").ToArray())
            ApplySource(source);
        foreach (var image in root.Descendants().Where(e => e.Name == "img").ToArray())
            ApplyImage(image);
    }

    private void ApplySource(HtmlElement source)
    {
        var first = SrcSet.Parse(source.Attribute("srcset") ?? "").Select(candidate => candidate.Key).FirstOrDefault();
        if (first is not null && images.Resolve(first).DataUri is { } data)
            source.SetAttribute("srcset", data);
        else
            source.Parent?.Children.Remove(source);
    }

    private void ApplyImage(HtmlElement image)
    {
        var reference = image.Attribute("src") ?? "";
        var resolved = reference.Length == 0 ? MarkdownImage.Missing : images.Resolve(reference);
        var alternative = image.Attribute("alt") is { Length: > 0 } written ? written : FileName(reference);
        if (resolved.DataUri is { } data)
        {
            image.SetAttribute("src", data);
            image.SetAttribute("alt", alternative);
            image.Attributes.RemoveAll(attribute => attribute.Key is "longdesc" or "loading");
            return;
        }

        // A picture whose image is not shown has no use for its sources.
        var place = image.Parent is { Name: "picture" } picture ? picture : image;
        place.ReplaceWith(resolved.LinkUrl is { } url ? Link(place, url, alternative) : Note(alternative));
    }

    private static HtmlElement Link(HtmlElement place, string url, string alternative)
    {
        var host = Uri.TryCreate(url, UriKind.Absolute, out var absolute) ? absolute.Host : "";
        var text = host.Length == 0 ? $"Image: {alternative}" : $"Image: {alternative} ({host})";
        // No link inside a link: the outer one says where to go.
        var link = new HtmlElement(place.IsInside("a") ? "span" : "a");
        link.SetAttribute("class", "linked-image");
        if (link.Name == "a")
        {
            link.SetAttribute("href", url);
            link.SetAttribute("rel", "nofollow noopener noreferrer");
        }

        return link.Add(new HtmlTextNode(text));
    }

    private static HtmlElement Note(string alternative)
    {
        var note = new HtmlElement("span");
        note.SetAttribute("class", "missing-image");
        return note.Add(new HtmlTextNode($"Image not available: {alternative}"));
    }

    private static string FileName(string reference)
    {
        var path = reference.AsSpan();
        var end = path.IndexOfAny('?', '#');
        if (end >= 0)
            path = path[..end];
        var name = path[(path.LastIndexOfAny('/', '\\') + 1)..];
        return name.Length is 0 or > 120 ? "image" : name.ToString();
    }
}
