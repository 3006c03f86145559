using CmlNet.Publishing.Assets;

namespace CmlNet.Publishing.Markdown;

/// <summary>Images written into the report itself: GitHub drops them, so they are published like files.</summary>
internal static class DataUri
{
    private const string Prefix = "data:image/";

    public static bool IsImage(string url) => url.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The image as <c>file.&lt;subtype&gt;</c>; null when the text is not a well-formed data URI.</summary>
    public static Asset? Read(string url)
    {
        int comma = url.IndexOf(',', StringComparison.Ordinal);
        if (!IsImage(url) || comma < 0)
            return null;
        string[] header = url["data:".Length..comma].Split(';');
        string mediaType = header[0].ToLowerInvariant();
        string subtype = mediaType["image/".Length..];
        byte[]? content = Content(url[(comma + 1)..], header.Contains("base64", StringComparer.OrdinalIgnoreCase));
        if (content is null || subtype.Length == 0 || !subtype.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.'))
            return null;
        return new Asset { FileName = "file." + subtype.Split('+')[0], MediaType = mediaType, Content = content };
    }

    private static byte[]? Content(string data, bool isBase64)
    {
        string decoded = Uri.UnescapeDataString(data);
        if (!isBase64)
            return System.Text.Encoding.UTF8.GetBytes(decoded);
        byte[] buffer = new byte[decoded.Length];
        return Convert.TryFromBase64String(decoded, buffer, out int length) ? buffer[..length] : null;
    }
}
