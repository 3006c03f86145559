using CmlNet.Dvc.Project;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Remotes;

/// <summary>A folder, perhaps on a mounted share.</summary>
internal sealed class LocalStore(string root) : IRemoteStore, IDeletingStore
{
    public string Address => root;

    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => Task.FromResult(File.Exists(PathOf(name)));

    public async Task<bool> ReadAsync(string name, Stream target, long offset, CancellationToken cancellationToken)
    {
        string path = PathOf(name);
        if (!File.Exists(path))
            return false;
        await using FileStream source = File.OpenRead(path);
        source.Position = Math.Min(offset, source.Length);
        await source.CopyToAsync(target, cancellationToken);
        return true;
    }

    public async Task WriteAsync(string name, string path, CancellationToken cancellationToken)
    {
        string target = PathOf(name), folder = Path.GetDirectoryName(target)!; // a file has a folder
        Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            await using (FileStream source = File.OpenRead(path))
            await using (FileStream written = File.Create(temporary))
                await source.CopyToAsync(written, cancellationToken);
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Task<IReadOnlyCollection<string>?> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        string folder = PathOf(prefix);
        var names = new List<string>();
        if (Directory.Exists(folder))
            names.AddRange(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Where(name => !FileLinker.IsTemporaryName(RelativePath.Name(name))));
        return Task.FromResult<IReadOnlyCollection<string>?>(names);
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        string path = PathOf(name);
        if (File.Exists(path))
            File.Delete(path);
        return Task.CompletedTask;
    }

    private string PathOf(string name) => Path.Combine(root, name);
}
