using CmlNet.Publishing.Assets;

namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>Names of files by content, with the extension GitHub serves them by.</summary>
internal static class GitHubAssetNames
{
    public static string Of(Asset asset) => Sha256.Hex(asset.Content.Span)[..16] + Extension(asset);

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
