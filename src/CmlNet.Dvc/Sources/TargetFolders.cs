using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Sources;

/// <summary>The folders below a target that something is copied into. Where files are replaced, a link of the user's may be among them, and what it leads to was not meant.</summary>
/// <param name="top">The target, which may be a link itself.</param>
internal sealed class TargetFolders(string top)
{
    private readonly HashSet<string> _good = new(StringComparer.Ordinal);

    /// <summary>Looks at the folder of a file that is to be written.</summary>
    /// <exception cref="DvcException">A link leads from it out of the target.</exception>
    public void Check(string path)
    {
        string folder = Path.GetDirectoryName(path)!; // a file has a folder
        if (!_good.Add(folder))
            return;
        if (LinkWalk.FollowWithin(top, folder) is null)
            throw new DvcException($"'{path}' is not written: a link leads from {folder} out of {top}. Remove the link, or put a folder in its place.");
    }
}
