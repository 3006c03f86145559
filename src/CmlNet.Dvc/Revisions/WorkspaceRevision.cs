namespace CmlNet.Dvc.Revisions;

/// <summary>The work tree as it lies on disk. Hidden folders, installed packages and links to folders are not searched.</summary>
public sealed class WorkspaceRevision(string root) : IRevision
{
    private const int MostFiles = 100_000;
    private static readonly HashSet<string> Skipped = new(StringComparer.Ordinal) { "node_modules", "__pycache__", "venv", "site-packages" };

    public string Name => "workspace";

    public byte[]? Read(string path)
    {
        string full = Path.Combine(root, path);
        return File.Exists(full) ? File.ReadAllBytes(full) : null;
    }

    public IEnumerable<string> Paths()
    {
        var found = new List<string>();
        Walk(new DirectoryInfo(root), "", found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static void Walk(DirectoryInfo folder, string prefix, List<string> found)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };
        foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos("*", options))
        {
            if (found.Count >= MostFiles)
                return;
            if (entry is FileInfo)
                found.Add(prefix + entry.Name);
            else if (entry is DirectoryInfo inner && inner.LinkTarget is null && inner.Name[0] != '.' && !Skipped.Contains(inner.Name))
                Walk(inner, prefix + inner.Name + "/", found);
        }
    }
}
