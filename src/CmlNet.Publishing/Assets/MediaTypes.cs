using System.Text;

namespace CmlNet.Publishing.Assets;

/// <summary>Media types by content first, by name where the content does not tell.</summary>
public static class MediaTypes
{
    private const int Looked = 1024;

    /// <summary>The media type of a file; <c>application/octet-stream</c> when nothing tells.</summary>
    /// <param name="fileName">Its name; only the extension counts.</param>
    /// <param name="content">Its bytes, or at least the first 1,024.</param>
    public static string Detect(string fileName, ReadOnlySpan<byte> content) =>
        FromContent(content) ?? FromName(fileName) ?? FromText(content) ?? "application/octet-stream";

    private static string? FromContent(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("\x89PNG\r\n\x1a\n"u8) || content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]))
            return "image/png";
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return "image/jpeg";
        if (content.StartsWith("GIF8"u8))
            return "image/gif";
        if (content.StartsWith("RIFF"u8) && content.Length > 12 && content[8..12].SequenceEqual("WEBP"u8))
            return "image/webp";
        if (content.StartsWith("%PDF-"u8))
            return "application/pdf";
        if (content.Length > 12 && content[4..8].SequenceEqual("ftyp"u8))
            return "video/mp4";
        if (content.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
            return "video/webm";
        string head = Encoding.UTF8.GetString(content[..Math.Min(content.Length, Looked)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (head.StartsWith("<svg", StringComparison.OrdinalIgnoreCase) || (head.StartsWith("<?xml", StringComparison.Ordinal) && head.Contains("<svg", StringComparison.OrdinalIgnoreCase)))
            return "image/svg+xml";
        return null;
    }

    private static string? FromName(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".html" or ".htm" => "text/html",
        ".json" or ".ipynb" => "application/json",
        ".csv" or ".tsv" or ".txt" or ".log" or ".md" or ".yaml" or ".yml" => "text/plain",
        ".zip" => "application/zip",
        ".gz" => "application/gzip",
        ".avif" => "image/avif",
        ".mov" => "video/quicktime",
        _ => null,
    };

    private static string? FromText(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> head = content[..Math.Min(content.Length, Looked)];
        if (head.IsEmpty || head.Contains((byte)0))
            return null;
        return head.TrimStart(" \t\r\n"u8).StartsWith("{"u8) ? "application/json" : "text/plain";
    }
}
