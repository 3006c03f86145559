namespace CmlNet.Reports;

/// <summary>Says where links of a repository lead that leave it: what a repository may name for a report is what is in it.</summary>
/// <param name="directory">Absolute; the repository is the one around it, or the folder itself where there is none.</param>
internal sealed class RepositoryBounds(string directory)
{
    private readonly string _root = Root(directory);
    private readonly string _reachedRoot = LinkWalk.Follow(Root(directory)) ?? Root(directory);

    /// <summary>Why a file is not read to which links lead; null when it is inside.</summary>
    /// <param name="fullPath">Absolute. One that does not begin in the repository was written out as such, and is not judged.</param>
    public string? Refusal(string fullPath)
    {
        string below = Path.GetRelativePath(_root, fullPath);
        if (!IsInside(below))
            return null;
        return LinkWalk.Follow(fullPath) is not { } reached ? "a link that leads in a circle, or through a folder that may not be looked into, is not read; put the file itself there"
            : IsInside(Path.GetRelativePath(_reachedRoot, reached)) ? null
            : $"a link to {reached}, outside of the repository, is not read; put the file itself there";
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
