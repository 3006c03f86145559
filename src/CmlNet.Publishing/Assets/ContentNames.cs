namespace CmlNet.Publishing.Assets;

/// <summary>Names of files by content, with the extension that servers tell the media type by.</summary>
internal static class ContentNames
{
    /// <param name="asset">The file.</param>
    /// <param name="digits">How much of the SHA-256 the name has, in hexadecimal digits; at most 64.</param>
    public static string Of(Asset asset, int digits) => Sha256.Hex(asset.Content.Span)[..digits] + Extension(asset);

    private static string Extension(Asset asset)
    {
        string extension = asset.MediaType switch
        {
            "image/png" => ".png",
            "image/jpeg" => ".jpg",
            "image/gif" => ".gif",
            "image/webp" => ".webp",
            "image/svg+xml" => ".svg",
            _ => Path.GetExtension(asset.FileName).ToLowerInvariant(),
        };
        return extension.Length is > 1 and < 12 && extension.Skip(1).All(char.IsAsciiLetterOrDigit) ? extension : "";
    }
}
