namespace CmlNet.Cli.Commands.Workflows;

/// <summary>Reads a file that a workflow names, below a directory and nowhere else.</summary>
internal static class LocalFile
{
    /// <summary>Twice what GitHub takes.</summary>
    private const int Longest = 2 * 1024 * 1024;

    private const int MaxLinks = 40;

    /// <summary>Null when there is no such file, or its name or a link leads out of the directory.</summary>
    public static string? Read(string directory, string relative)
    {
        string root = Path.GetFullPath(directory);
        string full = Path.GetFullPath(Path.Combine(root, relative));
        if (!StaysInside(root, full) || !File.Exists(full))
            return null;
        try
        {
            return ReadStart(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Usage, $"Cannot read '{full}': {e.Message}", e);
        }
    }

    /// <summary>Not to its end: a device has none, and what is longer is refused by its length.</summary>
    public static string ReadStart(string path)
    {
        using var stream = File.OpenRead(path);
        byte[] bytes = new byte[Longest];
        int length = stream.ReadAtLeast(bytes, Longest, throwOnEndOfStream: false);
        using var text = new StreamReader(new MemoryStream(bytes, 0, length));
        return text.ReadToEnd();
    }

    /// <summary>Whether a path is below a directory and every link on the way stays there.</summary>
    public static bool StaysInside(string root, string full) => StaysInside(root, full, MaxLinks);

    private static bool StaysInside(string root, string full, int links)
    {
        if (links == 0 || !full.StartsWith(root.EndsWith('/') ? root : root + "/", StringComparison.Ordinal))
            return false;
        for (string at = full; at.Length > root.Length; at = Path.GetDirectoryName(at) ?? root)
        {
            // One step at a time: what a link names may lie behind another.
            if (new FileInfo(at).LinkTarget is { } target && !StaysInside(root, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(at) ?? root, target) + full[at.Length..]), links - 1))
                return false;
        }

        return true;
    }
}
