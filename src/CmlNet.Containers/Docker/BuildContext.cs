using System.Formats.Tar;

namespace CmlNet.Containers.Docker;

/// <summary>Packs a folder for a build, as the <c>docker</c> program does: without what <c>.dockerignore</c> names, links as links, root as the owner.</summary>
internal static class BuildContext
{
    private const string IgnoreFile = ".dockerignore";

    /// <summary>The archive at its beginning, in a file that is deleted when it is closed.</summary>
    public static async Task<Stream> PackAsync(string folder, string dockerfile, CancellationToken cancellationToken)
    {
        var ignoreFile = Path.Combine(folder, IgnoreFile);
        var ignore = DockerIgnore.Parse(File.Exists(ignoreFile) ? await File.ReadAllTextAsync(ignoreFile, cancellationToken) : "");
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            await using (var writer = new TarWriter(file, TarEntryFormat.Pax, leaveOpen: true))
            {
                foreach (var entry in Entries(new DirectoryInfo(folder), ""))
                {
                    // The engine wants these two whatever is ignored, and leaves them out itself then.
                    if (!ignore.Matches(entry.Path) || entry.Path == dockerfile || entry.Path == IgnoreFile)
                        await WriteAsync(writer, entry.Info, entry.Path, cancellationToken);
                }
            }

            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>In the order of names, so that the same folder gives the same archive.</summary>
    private static IEnumerable<(FileSystemInfo Info, string Path)> Entries(DirectoryInfo folder, string prefix)
    {
        foreach (var info in folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None }).OrderBy(info => info.Name, StringComparer.Ordinal))
        {
            yield return (info, prefix + info.Name);
            if (info is DirectoryInfo { LinkTarget: null } inner)
            {
                foreach (var entry in Entries(inner, $"{prefix}{info.Name}/"))
                    yield return entry;
            }
        }
    }

    private static async Task WriteAsync(TarWriter writer, FileSystemInfo info, string path, CancellationToken cancellationToken)
    {
        var type = info.LinkTarget is not null ? TarEntryType.SymbolicLink : info is DirectoryInfo ? TarEntryType.Directory : TarEntryType.RegularFile;
        var entry = new PaxTarEntry(type, path) { ModificationTime = new DateTimeOffset(info.LastWriteTimeUtc, TimeSpan.Zero) };
        if (info.LinkTarget is { } target)
            entry.LinkName = target;
        else if (!OperatingSystem.IsWindows())
            entry.Mode = info.UnixFileMode;
        await using var content = type == TarEntryType.RegularFile ? File.OpenRead(info.FullName) : null;
        if (content is not null)
            entry.DataStream = content;
        await writer.WriteEntryAsync(entry, cancellationToken);
    }
}
