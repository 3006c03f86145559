using CmlNet.Dvc.Hashing;
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
        string file = Path.Combine(root, path);
        if (FileStatus.Read(file) is not { IsDirectory: false } status)
            return null;
        if (!status.IsFile)
            throw new IOException(FileKind.StreamRefusal);
        return status.Size <= LargestFile ? SequentialFile.ReadAll(file) : throw new IOException("larger than 1 GiB; a file this size is not read as a whole");
    }

    public IEnumerable<string> Paths()
    {
        var found = new List<string>();
        Walk(root, "", found);
        found.Sort(string.CompareOrdinal);
        return found;
    }

    private static void Walk(string folder, string prefix, List<string> found)
    {
        foreach (string name in Names(folder))
        {
            if (found.Count >= MostFiles)
                return;
            if (name[^1] != '/')
                found.Add(prefix + name);
            else if (name[0] != '.' && !Skipped.Contains(name[..^1]) && Path.Combine(folder, name[..^1]) is var inner && new DirectoryInfo(inner).LinkTarget is null)
                Walk(inner, prefix + name, found);
        }
    }

    // What may not be read, or is gone by now, has nothing in it.
    private static List<string> Names(string folder)
    {
        try
        {
            return FolderReader.Read(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
