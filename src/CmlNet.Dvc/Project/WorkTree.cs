using CmlNet.Dvc.Ignoring;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Project;

/// <summary>The project files of the work tree. Folders that DVC or git ignores are not searched: tracked data lies there.</summary>
internal sealed class WorkTree(DvcProject project) : IRevision
{
    private readonly IgnoreRules? _git = !project.IsInGit ? null : IgnoreRules.OfGit(project.Root);

    public string Name => "workspace";

    public byte[]? Read(string path)
    {
        string full = project.FullPath(path);
        return FileStatus.Read(full) is { IsFile: true } ? File.ReadAllBytes(full) : null; // a link that leads nowhere is nothing
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
        List<string> entries;
        try
        {
            entries = FolderReader.Read(project.FullPath(folder), static name => name.EndsWith(".dvc"u8) || name.SequenceEqual("dvc.yaml"u8));
        }
        catch (UnauthorizedAccessException)
        {
            return; // what may not be read is not part of the project for whoever asks
        }

        // A folder that is tracked has its .dvc file beside it, so it is known before it would be searched.
        var files = new HashSet<string>(entries.Where(entry => !entry.EndsWith('/')), StringComparer.Ordinal);
        foreach (string entry in entries)
        {
            string name = entry.TrimEnd('/'), path = folder.Length == 0 ? name : $"{folder}/{name}";
            if (!entry.EndsWith('/'))
            {
                if (name != ".dvc" && !project.Ignored.IsIgnored(path, isFolder: false))
                    found.Add(path);
            }
            else if (name is not (".git" or ".dvc") && !files.Contains(name + ".dvc") && IsSearched(path))
            {
                Walk(path, found);
            }
        }
    }

    private bool IsSearched(string path)
    {
        string full = project.FullPath(path);
        return !project.Ignored.IsIgnored(path, isFolder: true) && _git?.IsIgnored(path, isFolder: true) != true && new DirectoryInfo(full).LinkTarget is null && !Directory.Exists(Path.Combine(full, ".dvc"));
    }
}
