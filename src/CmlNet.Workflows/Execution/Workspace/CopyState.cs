using System.Collections.Concurrent;

namespace CmlNet.Workflows.Execution.Workspace;

/// <summary>What the walker and the workers of one copy share.</summary>
internal sealed class CopyState(string source, string destination, Func<string, bool> exclude)
{
    private readonly List<(string Path, DateTime Time)> _directories = [];
    private readonly ConcurrentBag<string> _skipped = [];
    private int _files;

    public static EnumerationOptions Everything { get; } = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, RecurseSubdirectories = false };

    public string Source => source;

    public string Destination => destination;

    public Func<string, bool> Exclude => exclude;

    public int FileCount => _files;

    public IReadOnlyList<string> SkippedPaths() => [.. _skipped.Order(StringComparer.Ordinal)];

    public void AddDirectory(DirectoryInfo directory, string target)
    {
        // The destination may be a job's: nothing is written through a link.
        if (FileKinds.Of(target) == FileKind.Link)
            File.Delete(target);
        // Always writable for us while it is being filled.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(target);
        else
            Directory.CreateDirectory(target, directory.UnixFileMode | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.UserRead);
        _directories.Add((target, directory.LastWriteTimeUtc));
    }

    public void CopyFile(string relative)
    {
        string from = Path.Combine(source, relative);
        if (FileKinds.Of(from) == FileKind.Special)
        {
            _skipped.Add(relative);
            return;
        }
        try
        {
            string to = Path.Combine(destination, relative);
            // Anew: what is there may be a link, or read-only as git's objects are.
            if (FileKinds.Of(to) != FileKind.Missing)
                File.Delete(to);
            File.Copy(from, to, overwrite: true);
            Interlocked.Increment(ref _files);
        }
        catch (FileNotFoundException)
        {
            // Removed between the listing and the copy (an editor's temporary file, say).
            _skipped.Add(relative);
        }
    }

    /// <summary>Filling a directory changes its time, so times are set last, deepest first.</summary>
    public void RestoreDirectoryTimes()
    {
        for (int i = _directories.Count - 1; i >= 0; i--)
            Directory.SetLastWriteTimeUtc(_directories[i].Path, _directories[i].Time);
    }

    public static void Link(string target, string link)
    {
        if (File.Exists(target) || new FileInfo(target).LinkTarget is not null)
            File.Delete(target);
        File.CreateSymbolicLink(target, link);
    }
}
