using CmlNet.Workflows.Execution.Workspace;

namespace CmlNet.Workflows.Actions.Checkout;

/// <summary>What a folder has and a tree has not, or has as another kind of file. Links are removed, never followed.</summary>
/// <param name="source">The tree.</param>
/// <param name="hasGit">Its <c>.git</c> counts.</param>
/// <param name="spared">Paths that stay, with all that is in them.</param>
internal sealed class OtherFiles(string source, bool hasGit, IReadOnlyList<string> spared)
{
    private readonly List<string> _kept = [];

    /// <summary>Nothing is removed; all that would be is in <see cref="Kept"/>.</summary>
    public bool OnlyFinds { get; init; }

    /// <summary>What could not be removed.</summary>
    public IReadOnlyList<string> Kept => _kept;

    /// <returns>How many files and folders were removed, those in removed folders not counted.</returns>
    public int Remove(string target, CancellationToken cancellationToken) => Directory.Exists(target) ? Remove(target, "", cancellationToken) : 0;

    private int Remove(string target, string below, CancellationToken cancellationToken)
    {
        int count = 0;
        foreach (FileSystemInfo entry in new DirectoryInfo(target).EnumerateFileSystemInfos("*", CopyState.Everything))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string path = below.Length == 0 ? entry.Name : $"{below}/{entry.Name}";
            FileKind kind = FileKinds.Of(entry.FullName);
            if (spared.Contains(entry.FullName, StringComparer.Ordinal))
                continue;
            bool leads = kind == FileKind.Directory && spared.Any(place => place.StartsWith(entry.FullName + "/", StringComparison.Ordinal));
            if (leads || (kind == KindInSource(path) && kind == FileKind.Directory))
                count += Remove(entry.FullName, path, cancellationToken);
            else if (kind != KindInSource(path))
                count += Delete(entry.FullName, kind);
        }
        return count;
    }

    private FileKind KindInSource(string path) => path == WorkTree.OwnFolder || (path == ".git" && !hasGit) ? FileKind.Missing : FileKinds.Of(Path.Combine(source, path));

    private int Delete(string path, FileKind kind)
    {
        if (OnlyFinds)
        {
            _kept.Add(path);
            return 0;
        }
        try
        {
            if (kind == FileKind.Directory)
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
            return 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _kept.Add(path);
            return 0;
        }
    }
}
