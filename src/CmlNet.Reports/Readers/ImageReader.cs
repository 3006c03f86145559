namespace CmlNet.Reports.Readers;

/// <summary>Pictures a browser shows: PNG, JPEG, GIF, WebP, SVG. What is looked at is the content, never the suffix.</summary>
internal sealed class ImageReader : IArtifactReader
{
    public const string ReaderName = "images";
    private const long LargestImage = 25 * 1024 * 1024;

    public string Name => ReaderName;

    public bool Recognises(ArtifactFile file) => file.Suffix is ".png" or ".jpg" or ".jpeg" or ".gif" or ".webp" or ".svg";

    public Artifact Read(ArtifactFile file, CancellationToken cancellationToken)
    {
        using Stream stream = file.OpenBytes();
        if (stream.Length > LargestImage)
            throw new ArtifactException($"{stream.Length / (1024 * 1024)} MiB is too large for a report; keep pictures under {LargestImage / (1024 * 1024)} MiB");
        Span<byte> head = stackalloc byte[1024];
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (head.IsEmpty)
            throw new ArtifactException("the image file is empty");
        if (!IsImage(head))
            throw new ArtifactException("is not an image: its content is not PNG, JPEG, GIF, WebP or SVG");
        return IsWhole(head, stream)
            ? new ImageArtifact { Path = file.Path, FullPath = file.FullPath }
            : throw new ArtifactException("is not a whole image: its end is missing; write it again");
    }

    /// <summary>What begins as a PNG or SVG and does not end as one was cut off while it was written; behind an SVG only comments may stand. The other formats may end in anything.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> head, Stream stream)
    {
        bool isPng = head[0] == 0x89;
        if (!isPng && !IsSvg(head))
            return true;
        Span<byte> tail = stackalloc byte[1024];
        stream.Seek(-Math.Min(stream.Length, tail.Length), SeekOrigin.End);
        tail = tail[..stream.ReadAtLeast(tail, tail.Length, throwOnEndOfStream: false)];
        return isPng ? tail.IndexOf("IEND"u8) >= 0 : EndsAsSvg(tail.TrimEnd(" \t\r\n\0"u8));
    }

    // "/>" ends a picture only if it is the end of the root itself.
    private static bool EndsAsSvg(ReadOnlySpan<byte> tail) =>
        tail.EndsWith("</svg>"u8) || tail.EndsWith("-->"u8) || (tail.EndsWith("/>"u8) && tail.LastIndexOf((byte)'<') is var start and >= 0 && tail[start..].StartsWith("<svg"u8));

    private static bool IsImage(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
        || head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)
        || (head.StartsWith("RIFF"u8) && head.Length > 12 && head[8..].StartsWith("WEBP"u8))
        || IsSvg(head);

    private static bool IsSvg(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> text = head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? head[3..] : head;
        text = text.TrimStart(" \t\r\n"u8);
        bool markup = text.StartsWith("<?xml"u8) || text.StartsWith("<!--"u8) || text.StartsWith("<!DOCTYPE svg"u8) || text.StartsWith("<svg"u8);
        return markup && text.IndexOf("<svg"u8) >= 0;
    }
}
