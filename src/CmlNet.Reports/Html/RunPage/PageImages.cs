using CmlNet.Reports.Html.Markdown;
using CmlNet.Reports.Html.Sanitizing;

namespace CmlNet.Reports.Html.RunPage;

/// <summary>Pictures of the run go into the page; remote ones become links, so that reading a page tells nobody.</summary>
internal sealed class PageImages(IRunAssets? assets) : IMarkdownImages
{
    // Characters of all pictures together; a browser opens a page of this size without a pause.
    private const long MaximumPageLength = 40 * 1024 * 1024;

    private readonly Dictionary<string, (MarkdownImage Shown, MarkdownImage Linked)> _known = new(StringComparer.Ordinal);
    private long _used;

    public MarkdownImage Resolve(string reference)
    {
        if (!_known.TryGetValue(reference, out var image))
            _known[reference] = image = Find(reference);
        // A picture shown a thousand times is in the page a thousand times.
        if (_used + Length(image.Shown) > MaximumPageLength)
            return image.Linked;
        _used += Length(image.Shown);
        return image.Shown;
    }

    private static int Length(MarkdownImage image) => image.DataUri?.Length ?? 0;

    private (MarkdownImage Shown, MarkdownImage Linked) Find(string reference)
    {
        if (UrlPolicy.Scheme(reference) is "http" or "https" || reference.StartsWith("//", StringComparison.Ordinal))
            return (MarkdownImage.Link(reference), MarkdownImage.Link(reference));
        if (assets?.Find(reference) is not { } asset)
            return (MarkdownImage.Missing, MarkdownImage.Missing);
        var link = MarkdownImage.Link(string.Join('/', asset.RelativePath.Split('/').Select(Uri.EscapeDataString)));
        return asset.Content is { } content && ImageFormat.MediaType(content) is { } type ? (MarkdownImage.Inline(type, content), link) : (link, link);
    }
}
