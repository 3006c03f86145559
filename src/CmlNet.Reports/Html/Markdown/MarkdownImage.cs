namespace CmlNet.Reports.Html.Markdown;

/// <summary>What a page shows in the place of an image.</summary>
public sealed record MarkdownImage
{
    /// <summary>Nothing to show: the page says so, with the image's text.</summary>
    public static MarkdownImage Missing { get; } = new();

    /// <summary>A <c>data:</c> address with the whole picture, or null.</summary>
    public string? DataUri { get; private init; }

    /// <summary>An address to link to instead of showing the picture, or null.</summary>
    public string? LinkUrl { get; private init; }

    /// <summary>The picture itself.</summary>
    /// <param name="mediaType">For example <c>image/png</c>.</param>
    /// <param name="content">The file's bytes.</param>
    public static MarkdownImage Inline(string mediaType, ReadOnlySpan<byte> content) =>
        new() { DataUri = $"data:{mediaType};base64,{Convert.ToBase64String(content)}" };

    /// <summary>A link to the picture; dropped to <see cref="Missing"/> when its scheme is not http, https or none.</summary>
    public static MarkdownImage Link(string url) => new() { LinkUrl = Sanitizing.UrlPolicy.Image(url) };
}
