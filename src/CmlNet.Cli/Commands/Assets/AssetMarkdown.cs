namespace CmlNet.Cli.Commands.Assets;

/// <summary>Markdown for a published file, as CML writes it.</summary>
internal static class AssetMarkdown
{
    public static string Render(string url, string mediaType, string title)
    {
        bool isShown = mediaType.StartsWith("image/", StringComparison.Ordinal) || mediaType.StartsWith("video/", StringComparison.Ordinal);
        return isShown ? $"![]({url} \"{title.Replace("\"", "\\\"", StringComparison.Ordinal)}\")" : $"[{title.Replace("]", "\\]", StringComparison.Ordinal)}]({url})";
    }

    /// <summary>A file name as a link target: between angle brackets where it needs them.</summary>
    public static string LocalTarget(string file) => file.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_') ? file : $"<{file}>";
}
