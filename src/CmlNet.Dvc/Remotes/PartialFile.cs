using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Remotes;

/// <summary>An object on its way into a cache. What arrived before a crash is kept and gone on with; two processes never write the same file.</summary>
internal sealed class PartialFile : IDisposable
{
    private readonly FileStream _stream;

    private PartialFile(FileStream stream) => _stream = stream;

    public string Path => _stream.Name;

    public static PartialFile Open(string cache, ObjectId id)
    {
        string folder = System.IO.Path.Combine(cache, ObjectStore.PartialFolder);
        Directory.CreateDirectory(folder);
        string path = System.IO.Path.Combine(folder, id.Value);
        try
        {
            return new PartialFile(Create(path));
        }
        catch (IOException)
        {
            return new PartialFile(Create($"{path}.{Guid.NewGuid():N}")); // another process receives the same
        }
    }

    /// <summary>Receives what is still missing.</summary>
    public async Task<bool> ReceiveAsync(Func<Stream, long, Task<bool>> read)
    {
        _stream.Seek(0, SeekOrigin.End);
        bool isThere = await read(_stream, _stream.Position);
        await _stream.FlushAsync();
        return isThere;
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

    private static FileStream Create(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1 << 16, FileOptions.Asynchronous);
}
