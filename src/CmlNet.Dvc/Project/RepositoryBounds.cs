using CmlNet.Dvc.Revisions;

namespace CmlNet.Dvc.Project;

/// <summary>Says where links of a repository lead that leave it: what a repository may name for a report is what is in it.</summary>
/// <param name="directory">Absolute; the repository is the one around it, or the folder itself where there is none.</param>
public sealed class RepositoryBounds(string directory)
{
    private readonly string _root = GitRepository.FolderAround(directory) ?? directory;
    private readonly string _reachedRoot = Reached(GitRepository.FolderAround(directory) ?? directory);

    /// <summary>Why a file is not read to which links lead; null when it is inside.</summary>
    /// <param name="fullPath">Absolute. One that does not begin in the repository was written out as such, and is not judged.</param>
    public string? Refusal(string fullPath) => WayOut(fullPath) switch
    {
        null => null,
        "" => "a link that leads in a circle, or through a folder that may not be looked into, is not read; put the file itself there",
        var reached => $"a link to {reached}, outside of the repository, is not read; put the file itself there",
    };

    /// <summary>Refuses a file that is going to be written when links lead to it out of the repository, or into git's own folder.</summary>
    /// <exception cref="DvcException">They do.</exception>
    public void CheckWritten(string fullPath)
    {
        string? reached = LinkWalk.Follow(fullPath);
        if (WayOut(fullPath) is { } outside)
            throw new DvcException($"{fullPath} is not written: {(outside.Length == 0 ? "its links lead in a circle, or through a folder that may not be looked into" : $"a link leads to {outside}, outside of the repository")}. Put a file in its place.");
        if (reached is not null && reached.StartsWith(Path.Combine(_reachedRoot, ".git") + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new DvcException($"{fullPath} is not written: a link leads to {reached}, which is git's own. Put a file in its place.");
    }

    /// <summary>Where links lead that leave the repository, "" when that cannot be told; null when they stay inside.</summary>
    /// <param name="fullPath">Absolute. One that does not begin in the repository is not judged.</param>
    internal string? WayOut(string fullPath)
    {
        if (!IsInside(Path.GetRelativePath(_root, fullPath)))
            return null;
        string? reached = LinkWalk.Follow(fullPath);
        return reached is not null && IsInside(Path.GetRelativePath(_reachedRoot, reached)) ? null : reached ?? "";
    }

    private static bool IsInside(string relative) => relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(relative);

    private static string Reached(string folder) => LinkWalk.Follow(folder) ?? folder;
}
