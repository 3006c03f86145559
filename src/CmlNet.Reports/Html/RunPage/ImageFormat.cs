using System.Text;

namespace CmlNet.Reports.Html.RunPage;

/// <summary>What a file is, by its first bytes: its name was chosen by the job.</summary>
internal static class ImageFormat
{
    /// <summary>The media type of a picture that browsers show, or null.</summary>
    public static string? MediaType(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }))
            return "image/png";
        if (content.StartsWith(new byte[] { 0xFF, 0xD8, 0xFF }))
            return "image/jpeg";
        if (content.StartsWith("GIF87a"u8) || content.StartsWith("GIF89a"u8))
            return "image/gif";
        if (content.Length > 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8))
            return "image/webp";
        return IsSvg(content) ? "image/svg+xml" : null;
    }

    private static bool IsSvg(ReadOnlySpan<byte> content)
    {
        var start = Encoding.UTF8.GetString(content[..Math.Min(content.Length, 2048)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return start.StartsWith("<svg", StringComparison.Ordinal)
            || ((start.StartsWith("<?xml", StringComparison.Ordinal) || start.StartsWith("<!--", StringComparison.Ordinal) || start.StartsWith("<!DOCTYPE", StringComparison.Ordinal))
                && start.Contains("<svg", StringComparison.Ordinal));
    }
}
