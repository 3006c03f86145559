using CmlNet.Reports.Html.Markdown;
using CmlNet.Reports.Html.Sanitizing;

namespace CmlNet.Reports.Html.RunPage;

/// <summary>Pictures of the run go into the page; remote ones become links, so that reading a page tells nobody.</summary>
internal sealed class PageImages(IRunAssets? assets) : IMarkdownImages
{
    // All pictures together; a browser opens a page of this size without a pause.
    private const long MaximumPageBytes = 32 * 1024 * 1024;

    private readonly Dictionary<string, MarkdownImage> _known = new(StringComparer.Ordinal);
    private long _used;

    public MarkdownImage Resolve(string reference)
    {
        if (!_known.TryGetValue(reference, out var image))
            _known[reference] = image = Find(reference);
        _used += image.DataUri?.Length ?? 0;
        return image;
    }

    private MarkdownImage Find(string reference)
    {
        if (UrlPolicy.Scheme(reference) is "http" or "https" || reference.StartsWith("//", StringComparison.Ordinal))
            return MarkdownImage.Link(reference);
        if (assets?.Find(reference) is not { } asset)
            return MarkdownImage.Missing;
        var link = MarkdownImage.Link(string.Join('/', asset.RelativePath.Split('/').Select(Uri.EscapeDataString)));
        if (asset.Content is null || _used + asset.Content.Length > MaximumPageBytes)
            return link;
        return ImageFormat.MediaType(asset.Content) is { } type ? MarkdownImage.Inline(type, asset.Content) : link;
    }
}
