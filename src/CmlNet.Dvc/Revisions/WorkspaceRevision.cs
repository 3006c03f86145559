using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Revisions;

/// <summary>The work tree as it lies on disk. Hidden folders, installed packages and links to folders are not searched.</summary>
public sealed class WorkspaceRevision(string root) : IRevision
{
    private const int MostFiles = 100_000;
    private const int LargestFile = 1 << 30;
    private static readonly HashSet<string> Skipped = new(StringComparer.Ordinal) { "node_modules", "__pycache__", "venv", "site-packages" };

    public string Name => "workspace";

    public byte[]? Read(string path)
    {
        var file = new FileInfo(Path.Combine(root, path));
        if (!file.Exists)
            return null;
        if (FileKind.IsStream(file.FullName))
            throw new IOException(FileKind.StreamRefusal);
        return file.Length <= LargestFile ? File.ReadAllBytes(file.FullName) : throw new IOException("larger than 1 GiB; a file this size is not read as a whole");
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
