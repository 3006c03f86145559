using CmlNet.Dvc.Ignoring;
using CmlNet.Dvc.Revisions;

namespace CmlNet.Dvc.Project;

/// <summary>The project files of the work tree. Folders that DVC or git ignores are not searched: tracked data lies there.</summary>
internal sealed class WorkTree(DvcProject project) : IRevision
{
    private readonly IgnoreRules? _git = project.Repository is null ? null : IgnoreRules.OfGit(project.Root);

    public string Name => "workspace";

    public byte[]? Read(string path)
    {
        string full = project.FullPath(path);
        return File.Exists(full) ? File.ReadAllBytes(full) : null;
    }

    /// <summary>Only <c>dvc.yaml</c> and <c>.dvc</c> files.</summary>
    public IEnumerable<string> Paths()
    {
        var found = new List<string>();
        Walk("", found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private void Walk(string folder, List<string> found)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };
        // A folder that is tracked has its .dvc file beside it, so it is known before it would be searched.
        FileSystemInfo[] entries = new DirectoryInfo(project.FullPath(folder)).GetFileSystemInfos("*", options);
        var files = new HashSet<string>(entries.Where(entry => entry is FileInfo).Select(entry => entry.Name), StringComparer.Ordinal);
        foreach (FileSystemInfo entry in entries)
        {
            string path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            if (entry is FileInfo)
            {
                if ((entry.Name == "dvc.yaml" || (entry.Name.EndsWith(".dvc", StringComparison.Ordinal) && entry.Name != ".dvc")) && !project.Ignored.IsIgnored(path, isFolder: false))
                    found.Add(path);
            }
            else if (entry.Name is not (".git" or ".dvc") && entry.LinkTarget is null && !files.Contains(entry.Name + ".dvc")
                && !project.Ignored.IsIgnored(path, isFolder: true) && _git?.IsIgnored(path, isFolder: true) != true
                && !Directory.Exists(Path.Combine(entry.FullName, ".dvc")))
            {
                Walk(path, found);
            }
        }
    }
}
