using System.Text.RegularExpressions;

namespace CmlNet.Publishing.Assets.Serving;

/// <summary>
/// The files of an asset server: named by their content and a key that only the server has, so that the same file is kept once
/// and nobody can guess an address, not even who knows the file.
/// </summary>
/// <remarks>
/// Layout: <c>key</c> (secret, made at the first start), <c>files/&lt;2 digits&gt;/&lt;32 digits&gt;.&lt;extension&gt;</c>,
/// <c>incoming/</c> (uploads in progress; what a crash left there goes at the next start), <c>lock</c> (held while open).
/// A file is moved to <c>files</c> when it is on the disk complete, so there is never half of one.
/// </remarks>
public sealed partial class AssetVault : IDisposable
{
    private const int NameDigits = 32;
    private const int SniffedBytes = 1024;
    private const int BufferSize = 64 * 1024;

    private readonly AssetVaultOptions _options;
    private readonly FileStream _lock;
    private readonly byte[] _key;
    private long _total;

    private AssetVault(AssetVaultOptions options, FileStream held, byte[] key)
    {
        _options = options;
        _lock = held;
        _key = key;
        _total = new DirectoryInfo(FilesDirectory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
    }

    /// <summary>Bytes of all files.</summary>
    public long Total => Interlocked.Read(ref _total);

    private string FilesDirectory => Path.Combine(_options.Directory, "files");

    private string IncomingDirectory => Path.Combine(_options.Directory, "incoming");

    /// <summary>Opens a directory, and removes what a crash left in it.</summary>
    /// <param name="options">Where, and what is taken.</param>
    /// <exception cref="PublishingException">The directory cannot be written, or another server uses it.</exception>
    public static AssetVault Open(AssetVaultOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string directory = options.Directory;
        FileStream? held = null;
        try
        {
            Directory.CreateDirectory(directory);
            held = new FileStream(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            string incoming = Path.Combine(directory, "incoming");
            if (Directory.Exists(incoming))
                Directory.Delete(incoming, recursive: true);
            Directory.CreateDirectory(incoming);
            Directory.CreateDirectory(Path.Combine(directory, "files"));
            return new AssetVault(options, held, Key(Path.Combine(directory, "key"), incoming));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw new PublishingException($"the directory '{directory}' cannot be used: {e.Message} Check that it can be written and that no other server uses it.", e);
        }
    }

    /// <summary>Keeps a file. Its type is told by its content, by its name only where the content does not tell.</summary>
    /// <param name="content">The bytes; read to the end unless the file is refused.</param>
    /// <param name="fileName">The name it was uploaded under; only its extension counts.</param>
    /// <param name="cancellationToken">Ends the upload; nothing is kept then.</param>
    /// <exception cref="IOException">The disk failed, or the sender did.</exception>
    public async Task<StoredAsset> StoreAsync(Stream content, string fileName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        string incoming = Path.Combine(IncomingDirectory, Guid.NewGuid().ToString("N"));
        try
        {
            (long length, byte[] hash, byte[] head) = await ReceiveAsync(content, incoming, cancellationToken);
            if (length == 0)
                return new StoredAsset { Refusal = AssetRefusal.Empty };
            string mediaType = MediaTypes.Detect(fileName, head);
            if (length > _options.SizeLimit)
                return new StoredAsset { Refusal = AssetRefusal.TooLarge, MediaType = mediaType };
            if (!_options.MediaTypes.Contains(mediaType) || ServedTypes.ExtensionOf(mediaType) is not { } extension)
                return new StoredAsset { Refusal = AssetRefusal.WrongType, MediaType = mediaType };
            return Keep(incoming, NameOf(hash, extension), mediaType, length);
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    /// <summary>A file by the last part of its address; <see langword="null"/> where there is none.</summary>
    /// <param name="name">Anything: it comes from strangers.</param>
    public ServedAsset? Find(string name)
    {
        if (!Names().IsMatch(name) || ServedTypes.TypeOf(Path.GetExtension(name)) is not { } mediaType)
            return null;
        var file = new FileInfo(PathOf(name));
        return file.Exists ? new ServedAsset(name, file.FullName, mediaType, file.Length) : null;
    }

    /// <summary>Lets another server use the directory.</summary>
    public void Dispose() => _lock.Dispose();

    private async Task<(long Length, byte[] Hash, byte[] Head)> ReceiveAsync(Stream content, string path, CancellationToken cancellationToken)
    {
        var hash = new Sha256();
        byte[] buffer = new byte[BufferSize];
        byte[] head = [];
        long length = 0;
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (int read; (read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)) > 0;)
        {
            if (length == 0)
                head = buffer[..Math.Min(read, SniffedBytes)];
            length += read;
            if (length > _options.SizeLimit)
                return (length, [], head);
            hash.Append(buffer.AsSpan(0, read));
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        file.Flush(flushToDisk: true);
        return (length, hash.Finish(), head);
    }

    private StoredAsset Keep(string incoming, string name, string mediaType, long length)
    {
        string path = PathOf(name);
        if (File.Exists(path))
            return new StoredAsset { File = new ServedAsset(name, path, mediaType, length), MediaType = mediaType, IsKnown = true };
        if (Interlocked.Add(ref _total, length) > _options.TotalLimit)
        {
            Interlocked.Add(ref _total, -length);
            return new StoredAsset { Refusal = AssetRefusal.Full, MediaType = mediaType };
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // a file in a directory of two digits
        File.Move(incoming, path, overwrite: true);
        return new StoredAsset { File = new ServedAsset(name, path, mediaType, length), MediaType = mediaType };
    }

    private string PathOf(string name) => Path.Combine(FilesDirectory, name[..2], name);

    private string NameOf(byte[] hash, string extension) => Convert.ToHexStringLower(Hmac.Hash(_key, hash))[..NameDigits] + extension;

    private static byte[] Key(string path, string incoming)
    {
        if (File.Exists(path))
            return File.ReadAllBytes(path);
        // .NET's own random numbers need OpenSSL; a version-4 UUID has 122 random bits.
        byte[] key = [.. Guid.NewGuid().ToByteArray(), .. Guid.NewGuid().ToByteArray()];
        string beside = Path.Combine(incoming, "key");
        var ownOnly = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            ownOnly.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(beside, ownOnly))
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path);
        return key;
    }

    [GeneratedRegex("^[0-9a-f]{32}\\.[a-z0-9]{3,4}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();
}
