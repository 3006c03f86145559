namespace CmlNet.Dvc.Project;

/// <summary>Where a path ends when every link on the way is followed, one at a time: what lies behind a link may be reached by links of its own.</summary>
public static class LinkWalk
{
    private const int MostLinks = 40; // the kernel's own limit, path_resolution(7)

    /// <summary>Follows them.</summary>
    /// <param name="fullPath">Absolute. What does not exist ends where it would be.</param>
    /// <returns>Null for links that lead in a circle and folders that may not be looked into.</returns>
    public static string? Follow(string fullPath)
    {
        ArgumentNullException.ThrowIfNull(fullPath);
        string root = Path.GetPathRoot(fullPath)!, at = root; // absolute
        var left = new Stack<string>();
        Push(left, fullPath[root.Length..]);
        int links = 0;
        try
        {
            while (left.TryPop(out string? part))
            {
                if (part == "..")
                {
                    at = Path.GetDirectoryName(at) ?? root;
                    continue;
                }

                string next = Path.Combine(at, part);
                if (new FileInfo(next).LinkTarget is not { } target)
                {
                    at = next;
                    continue;
                }

                if (++links > MostLinks)
                    return null;
                at = Path.IsPathRooted(target) ? root : at;
                Push(left, Path.IsPathRooted(target) ? target[Path.GetPathRoot(target)!.Length..] : target); // rooted
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return at;
    }

    /// <summary>Where a path ends, relative to where a folder ends: "." for the folder itself.</summary>
    /// <returns>Null when that is outside of the folder, or cannot be told.</returns>
    internal static string? FollowWithin(string folder, string fullPath)
    {
        if (Follow(folder) is not { } top || Follow(fullPath) is not { } end)
            return null;
        string relative = Path.GetRelativePath(top, end);
        return relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.IsPathRooted(relative) ? null : relative;
    }

    private static void Push(Stack<string> left, string path)
    {
        foreach (string part in path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").Reverse())
            left.Push(part);
    }
}
