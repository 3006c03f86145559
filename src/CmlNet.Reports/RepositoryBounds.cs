namespace CmlNet.Reports;

/// <summary>Says where links of a repository lead that leave it: what a repository may name for a report is what is in it.</summary>
/// <param name="directory">Absolute; the repository is the one around it, or the folder itself where there is none.</param>
internal sealed class RepositoryBounds(string directory)
{
    private readonly string _root = Root(directory);
    private readonly string _reachedRoot = LinkWalk.Follow(Root(directory)) ?? Root(directory);

    /// <summary>Where links lead on the way to a file when that is outside, or the file itself when they lead in a circle; null when it is inside.</summary>
    /// <param name="fullPath">Absolute. One that does not begin in the repository was written out as such, and is not judged.</param>
    public string? WayOut(string fullPath)
    {
        string below = Path.GetRelativePath(_root, fullPath);
        if (!IsInside(below))
            return null;
        string? reached = LinkWalk.Follow(fullPath);
        return reached is not null && IsInside(Path.GetRelativePath(_reachedRoot, reached)) ? null : reached ?? fullPath;
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
