using CmlNet.Dvc.Project;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Remotes;

/// <summary>An object on its way into a cache. What arrived before a crash is kept and gone on with; two processes never write the same file.</summary>
internal sealed class PartialFile : IDisposable
{
    private readonly FileStream _stream;

    private PartialFile(FileStream stream) => _stream = stream;

    public string Path => _stream.Name;

    /// <exception cref="DvcException">Its folder is a link.</exception>
    public static PartialFile Open(ObjectStore cache, ObjectId id)
    {
        string folder = System.IO.Path.Combine(cache.Root, ObjectStore.PartialFolder);
        // A repository may hold a cache: what it links to is not ours to write to.
        if (new DirectoryInfo(folder).LinkTarget is not null)
            throw new DvcException($"{folder} is a link; remove it");
        cache.CreateFolder(folder);
        string path = System.IO.Path.Combine(folder, id.Value);
        if (new FileInfo(path).LinkTarget is not null)
            File.Delete(path);
        return new PartialFile(TryOpen(path) ?? Create($"{path}.{Guid.NewGuid():N}"));
    }

    /// <summary>Receives what is still missing.</summary>
    public async Task<bool> ReceiveAsync(Func<Stream, long, Task<bool>> read)
    {
        _stream.Seek(0, SeekOrigin.End);
        try
        {
            bool isThere = await read(_stream, _stream.Position);
            await _stream.FlushAsync();
            return isThere;
        }
        catch (IOException e) when (DiskRoom.AdviceFor(e) is { Length: > 0 } advice)
        {
            throw new DvcException($"{Path} cannot be written: {e.Message}{advice} What arrived is gone on with.", innerException: e);
        }
    }

    /// <summary>Receives everything anew.</summary>
    public Task<bool> RestartAsync(Func<Stream, long, Task<bool>> read)
    {
        _stream.SetLength(0);
        return ReceiveAsync(read);
    }

    /// <summary>What arrived is of no use.</summary>
    public void Discard() => File.Delete(Path);

    public void Dispose()
    {
        _stream.Dispose();
        if (File.Exists(Path) && new FileInfo(Path).Length == 0)
            File.Delete(Path);
    }

    // Null while another process receives the same, or when the file is another user's.
    private static FileStream? TryOpen(string path)
    {
        try
        {
            FileStream stream = Create(path);
            // Whoever had it may have moved it into the cache between our open and our lock.
            if (!OperatingSystem.IsLinux() || FileStatus.Read((int)stream.SafeFileHandle.DangerousGetHandle())?.Inode == FileStatus.Read(path)?.Inode)
                return stream;
            stream.Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // On Unix only a file that is shared with nobody is locked for one alone; Windows locks this one against other writers.
    private static FileStream Create(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None, 1 << 16, FileOptions.Asynchronous);
}
