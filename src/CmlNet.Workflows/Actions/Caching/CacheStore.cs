using System.Security.Cryptography;
using System.Text;
using CmlNet.Workflows.Execution.Files;
using CmlNet.Workflows.Execution.Workspace;
using Microsoft.Win32.SafeHandles;

namespace CmlNet.Workflows.Actions.Caching;

/// <summary>Caches of one work tree in <c>.cml/cache</c>: per set of paths a folder, in it per key an archive and a file with the key.</summary>
/// <param name="root">The work tree.</param>
/// <param name="version">What was cached and where it was: an entry of another version is not found.</param>
internal sealed class CacheStore(string root, string version)
{
    /// <summary>In bytes; GitHub takes 512 characters.</summary>
    private const int LongestKey = 64 * 1024;

    private readonly string _folder = Path.Combine(root, WorkTree.OwnFolder, "cache", Hash(version)[..16]);

    /// <summary>The newest entry for the first key that has one: the key itself, else one that starts with it.</summary>
    public (string Key, string Archive)? Find(IEnumerable<string> keys)
    {
        if (FileKinds.Of(_folder) != FileKind.Directory)
            return null;
        List<(string Key, string Archive, DateTime Time)> entries =
        [
            .. new DirectoryInfo(_folder).EnumerateFiles("*.key")
                .Select(file => (Key: KeyIn(file.FullName), Archive: Path.ChangeExtension(file.FullName, ".tgz"), Time: file.LastWriteTimeUtc))
                .Where(entry => entry.Key.Length > 0 && FileKinds.Of(entry.Archive) == FileKind.Regular)
                .OrderByDescending(entry => entry.Time),
        ];
        foreach (string key in keys)
        {
            foreach ((string found, string archive, _) in entries.Where(entry => entry.Key == key).Concat(entries.Where(entry => entry.Key.StartsWith(key, StringComparison.Ordinal))))
                return (found, archive);
        }
        return null;
    }

    /// <summary>Empty for what is no entry of ours: a repository may hold links there.</summary>
    private static string KeyIn(string file)
    {
        try
        {
            return CommandFileReader.Read(file, LongestKey)?.Text ?? "";
        }
        catch (CommandFileException)
        {
            return "";
        }
    }

    public bool Has(string key) => File.Exists(Path.Combine(_folder, Hash(key) + ".key"));

    /// <summary>Takes an archive that the job wrote over; what is no plain file is refused.</summary>
    /// <returns>Its size in bytes.</returns>
    public long Add(string key, string archive)
    {
        Directory.CreateDirectory(_folder);
        string target = Path.Combine(_folder, Hash(key) + ".tgz");
        string temporary = $"{target}.{Guid.NewGuid():N}";
        using (SafeFileHandle from = PlainFile.OpenRead(archive))
        using (var input = new FileStream(from, FileAccess.Read))
        using (FileStream output = File.Create(temporary))
            input.CopyTo(output);
        File.Move(temporary, target, overwrite: true);
        File.WriteAllText(Path.ChangeExtension(target, ".key"), key);
        return new FileInfo(target).Length;
    }

    /// <summary>All caches of the work tree, in bytes.</summary>
    public long TotalSize() =>
        new DirectoryInfo(Path.GetDirectoryName(_folder)!) is { Exists: true } all ? all.EnumerateFiles("*.tgz", SearchOption.AllDirectories).Sum(file => file.Length) : 0;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
