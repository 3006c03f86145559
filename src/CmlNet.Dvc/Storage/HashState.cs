using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using CmlNet.Dvc.Hashing;

namespace CmlNet.Dvc.Storage;

/// <summary>
/// Hashes already computed, by path, inode, size and time of change: what has not changed is not read again. Only a cache:
/// it may be deleted at any time, and of two processes that write it one wins.
/// </summary>
internal sealed class HashState
{
    private const uint Magic = 0x32534d43;
    private const int Largest = 10_000_000;
    private const int DigestLength = 16;
    private const int Header = 44;

    /// <summary>To begin with.</summary>
    private const int Least = 16_384;

    /// <summary>A file changed this shortly before it was hashed may change again within the same tick of the clock.</summary>
    private const long RacyNanoseconds = 20_000_000;

    private readonly Lazy<StateTable> _entries;
    private readonly string _path;
    private readonly TimeProvider _time;
    private int _changes;

    private HashState(string path, TimeProvider time) => (_path, _time, _entries) = (path, time, new(() => Read(path)));

    /// <summary>Read when first asked for. An unreadable file counts as an empty one.</summary>
    public static HashState Open(string path, TimeProvider time) => new(path, time);

    /// <summary>Null when the file has changed since, or was never hashed.</summary>
    public string? Find(string path, in FileStatus status, bool isLegacy) =>
        _entries.Value.TryFind(Key(path, isLegacy), out StateTable.Entry entry) && entry.Size == status.Size && entry.Modified == status.Modified && entry.Inode == status.Inode
            ? Hex(entry)
            : null;

    /// <summary>Whether anything is known about a path, of now or of earlier.</summary>
    public bool Has(string path, bool isLegacy) => _entries.Value.TryFind(Key(path, isLegacy), out _);

    /// <summary>Remembers a hash, given the file's state before it was read.</summary>
    public void Add(string path, in FileStatus status, bool isLegacy, string hash)
    {
        long now = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        if (now - status.Modified < RacyNanoseconds)
            return;
        Span<byte> digest = stackalloc byte[DigestLength];
        if (!HexText.TryRead(hash, digest))
            return;
        _entries.Value.Set(Key(path, isLegacy), new StateTable.Entry(status.Size, status.Modified, status.Inode, BinaryPrimitives.ReadUInt64LittleEndian(digest), BinaryPrimitives.ReadUInt64LittleEndian(digest[8..])));
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
            File.WriteAllBytes(temporary, Content().WrittenSpan);
            File.Move(temporary, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
        }
    }

    private static string Key(string path, bool isLegacy) => isLegacy ? "\0" + path : path;

    private static string Hex(in StateTable.Entry entry)
    {
        Span<byte> bytes = stackalloc byte[DigestLength];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, entry.DigestStart);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], entry.DigestEnd);
        return HexText.Of(bytes);
    }

    // The length of the key, the four numbers, the key: one after the other.
    private ArrayBufferWriter<byte> Content()
    {
        var content = new ArrayBufferWriter<byte>((1 << 16) + _entries.Value.Count * (Header + 40));
        BinaryPrimitives.WriteUInt32LittleEndian(content.GetSpan(sizeof(uint)), Magic);
        content.Advance(sizeof(uint));
        int left = Largest;
        _entries.Value.Each((string key, in StateTable.Entry entry) =>
        {
            if (left-- <= 0)
                return;
            Span<byte> record = content.GetSpan(Header + Encoding.UTF8.GetMaxByteCount(key.Length));
            int length = Encoding.UTF8.GetBytes(key, record[Header..]);
            BinaryPrimitives.WriteInt32LittleEndian(record, length);
            BinaryPrimitives.WriteInt64LittleEndian(record[4..], entry.Size);
            BinaryPrimitives.WriteInt64LittleEndian(record[12..], entry.Modified);
            BinaryPrimitives.WriteUInt64LittleEndian(record[20..], entry.Inode);
            BinaryPrimitives.WriteUInt64LittleEndian(record[28..], entry.DigestStart);
            BinaryPrimitives.WriteUInt64LittleEndian(record[36..], entry.DigestEnd);
            content.Advance(Header + length);
        });

        return content;
    }

    private static StateTable Read(string path)
    {
        try
        {
            ReadOnlySpan<byte> content = File.Exists(path) ? File.ReadAllBytes(path) : [];
            var entries = new StateTable(Math.Max(Least, content.Length / 64));
            if (content.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(content) != Magic)
                return entries;
            for (content = content[sizeof(uint)..]; content.Length >= Header;)
            {
                int length = BinaryPrimitives.ReadInt32LittleEndian(content);
                if (length < 0 || length > content.Length - Header)
                    break; // cut short
                entries.Set(Encoding.UTF8.GetString(content.Slice(Header, length)), new StateTable.Entry(
                    BinaryPrimitives.ReadInt64LittleEndian(content[4..]), BinaryPrimitives.ReadInt64LittleEndian(content[12..]), BinaryPrimitives.ReadUInt64LittleEndian(content[20..]), BinaryPrimitives.ReadUInt64LittleEndian(content[28..]), BinaryPrimitives.ReadUInt64LittleEndian(content[36..])));
                content = content[(Header + length)..];
            }

            return entries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new StateTable(Least);
        }
    }
}
