using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;

namespace CmlNet.Dvc.Storage;

/// <summary>
/// Hashes already computed, by path, inode, size and time of change: what has not changed is not read again. Only a cache:
/// it may be deleted at any time, and of two processes that write it one wins.
/// </summary>
internal sealed class HashState
{
    private const uint Magic = 0x31534d43;
    private const int Largest = 10_000_000;

    /// <summary>A file changed this shortly before it was hashed may change again within the same tick of the clock.</summary>
    private const long RacyNanoseconds = 20_000_000;

    private readonly ConcurrentDictionary<string, Entry> _entries;
    private readonly string _path;
    private readonly TimeProvider _time;
    private int _changes;

    private HashState(string path, TimeProvider time, ConcurrentDictionary<string, Entry> entries) => (_path, _time, _entries) = (path, time, entries);

    /// <summary>An unreadable file counts as an empty one.</summary>
    public static HashState Open(string path, TimeProvider time) => new(path, time, Read(path));

    /// <summary>Null when the file has changed since, or was never hashed.</summary>
    public string? Find(string path, in FileStatus status, bool isLegacy) =>
        _entries.TryGetValue(Key(path, isLegacy), out Entry entry) && entry.Size == status.Size && entry.Modified == status.Modified && entry.Inode == status.Inode
            ? Convert.ToHexStringLower(entry.Digest)
            : null;

    /// <summary>Remembers a hash, given the file's state before it was read.</summary>
    public void Add(string path, in FileStatus status, bool isLegacy, string hash)
    {
        long now = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        if (now - status.Modified < RacyNanoseconds)
            return;
        _entries[Key(path, isLegacy)] = new Entry(status.Size, status.Modified, status.Inode, Convert.FromHexString(hash));
        Interlocked.Increment(ref _changes);
    }

    /// <summary>Writes what was added. Failing to is no failure: the next run hashes again.</summary>
    public void Save()
    {
        if (Interlocked.Exchange(ref _changes, 0) == 0)
            return;
        string temporary = FileLinker.TemporaryName(_path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!); // a file has a folder
            using (var writer = new BinaryWriter(new BufferedStream(File.Create(temporary), 1 << 16)))
            {
                writer.Write(Magic);
                foreach ((string key, Entry entry) in _entries.Take(Largest))
                {
                    writer.Write(key);
                    writer.Write(entry.Size);
                    writer.Write(entry.Modified);
                    writer.Write(entry.Inode);
                    writer.Write(entry.Digest);
                }
            }

            File.Move(temporary, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
        }
    }

    private static string Key(string path, bool isLegacy) => isLegacy ? "\0" + path : path;

    private static ConcurrentDictionary<string, Entry> Read(string path)
    {
        var entries = new ConcurrentDictionary<string, Entry>(StringComparer.Ordinal);
        try
        {
            if (!File.Exists(path))
                return entries;
            byte[] content = File.ReadAllBytes(path);
            using var reader = new BinaryReader(new MemoryStream(content), Encoding.UTF8);
            if (reader.ReadUInt32() != Magic)
                return entries;
            while (reader.BaseStream.Position < content.Length)
                entries[reader.ReadString()] = new Entry(reader.ReadInt64(), reader.ReadInt64(), reader.ReadUInt64(), reader.ReadBytes(16));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            entries.Clear(); // cut short or of another kind
        }

        return entries;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(long Size, long Modified, ulong Inode, byte[] Digest);
}
