namespace CmlNet.Publishing.Assets.Serving;

/// <summary>The media types an asset server keeps, each under one extension, so that a file's name tells its type and nothing else need be stored.</summary>
/// <remarks>None of them runs in a browser: HTML is missing on purpose, and SVG is served with a policy that stops scripts.</remarks>
public static class ServedTypes
{
    private static readonly Dictionary<string, string> Extensions = new(StringComparer.Ordinal)
    {
        ["image/png"] = ".png",
        ["image/jpeg"] = ".jpg",
        ["image/gif"] = ".gif",
        ["image/webp"] = ".webp",
        ["image/avif"] = ".avif",
        ["image/svg+xml"] = ".svg",
        ["video/mp4"] = ".mp4",
        ["video/webm"] = ".webm",
        ["video/quicktime"] = ".mov",
        ["application/pdf"] = ".pdf",
        ["application/json"] = ".json",
        ["text/plain"] = ".txt",
    };

    /// <summary>Every type there is.</summary>
    public static IReadOnlyCollection<string> All => Extensions.Keys;

    internal static string? ExtensionOf(string mediaType) => Extensions.GetValueOrDefault(mediaType);

    internal static string? TypeOf(string extension) => Extensions.FirstOrDefault(e => e.Value == extension).Key;
}
