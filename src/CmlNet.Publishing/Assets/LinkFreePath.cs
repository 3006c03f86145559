namespace CmlNet.Publishing.Assets;

/// <summary>A path with every link in it followed, where the system cannot be asked for it.</summary>
internal static class LinkFreePath
{
    private const int MostLinks = 40;

    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        for (int links = 0; links <= MostLinks; links++)
        {
            if (FirstLinkFollowed(full) is not { } followed)
                return full;
            full = followed;
        }

        throw new IOException($"'{path}' passes through more than {MostLinks} links");
    }

    private static string? FirstLinkFollowed(string full)
    {
        string at = Path.GetPathRoot(full) ?? "/";
        string[] parts = full[at.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < parts.Length; i++)
        {
            string parent = at;
            at = Path.Combine(at, parts[i]);
            if (new FileInfo(at).LinkTarget is { } target)
                return Path.GetFullPath(Path.Combine([parent, target, .. parts[(i + 1)..]]));
        }

        return null;
    }
}
