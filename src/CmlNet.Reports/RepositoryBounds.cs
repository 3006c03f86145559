namespace CmlNet.Reports;

/// <summary>Says where links of a repository lead that leave it: what a repository may name for a report is what is in it.</summary>
/// <param name="directory">Absolute; the repository is the one around it, or the folder itself where there is none.</param>
internal sealed class RepositoryBounds(string directory)
{
    private readonly string _root = Root(directory);

    /// <summary>The target of the link on the way to a file that lies outside; null when there is none.</summary>
    /// <param name="fullPath">Absolute. One that does not begin in the repository was written out as such, and is not judged.</param>
    public string? WayOut(string fullPath)
    {
        string below = Path.GetRelativePath(_root, fullPath);
        if (!IsInside(below))
            return null;
        string at = _root;
        foreach (string part in below.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            at = Path.Combine(at, part);
            FileSystemInfo info = Directory.Exists(at) ? new DirectoryInfo(at) : new FileInfo(at);
            if (info.LinkTarget is null)
                continue;
            string target = info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? info.LinkTarget;
            if (!IsInside(Path.GetRelativePath(_root, target)))
                return target;
            at = target;
        }

        return null;
    }

    private static bool IsInside(string relative) => relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(relative);

    private static string Root(string directory)
    {
        for (string? folder = directory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Exists(Path.Combine(folder, ".git")))
                return folder;
        }

        return directory;
    }
}
