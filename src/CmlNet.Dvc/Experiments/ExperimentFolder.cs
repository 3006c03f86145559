using CmlNet.Dvc.Configuration;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Experiments;

/// <summary>A git work tree for one experiment, below <c>.dvc/tmp/exps</c>, with the cache of the project it belongs to. It goes away again.</summary>
public sealed class ExperimentFolder : IDisposable
{
    private const string Prefix = "run-";
    private const int MostAttempts = 5;
    private readonly DvcProject _owner;
    private readonly string _path;
    private readonly FileStream _hold;

    private ExperimentFolder(DvcProject owner, string path, FileStream hold, DvcProject project) => (_owner, _path, _hold, Project) = (owner, path, hold, project);

    /// <summary>The project in it.</summary>
    public DvcProject Project { get; }

    /// <param name="owner">The user's project. Who has its lock may delete objects that nothing needs: the caller holds it.</param>
    /// <param name="content">Commit whose files to begin with.</param>
    /// <param name="baseline">Commit to be at.</param>
    public static ExperimentFolder Make(DvcProject owner, string content, string baseline)
    {
        string parent = ParentOf(owner), path = Path.Combine(parent, $"{Prefix}{Guid.NewGuid():N}");
        Directory.CreateDirectory(parent);
        RemoveAbandoned(owner);
        FileStream hold = Hold(path) ?? throw new DvcException($"{path} is taken");
        if (!TryAdd(owner, path, baseline))
        {
            Remove(owner, path, hold);
            throw new DvcException($"git cannot make a work tree at {path}");
        }

        string root = owner.PathInRepository.Length == 0 ? path : Path.Combine(path, owner.PathInRepository);
        try
        {
            // Commands in it that call dvc share the cache, too.
            string local = Path.Combine(owner.DvcFolder, "config.local"), own = Path.Combine(root, ".dvc", "config.local");
            new RepositoryBounds(root).CheckWritten(own);
            if (File.Exists(local))
                File.Copy(local, own, overwrite: true);
            var config = ConfigFile.Read(own, isOfRepository: true);
            config.Set("cache", "dir", owner.Cache.Root);
            config.Save();
            DvcProject project = DvcProject.Open(root, owner.Environment, owner.Time);
            if (content != baseline)
                new ExperimentTree(project).Apply(content);
            return new ExperimentFolder(owner, path, hold, project);
        }
        catch
        {
            Remove(owner, path, hold);
            throw;
        }
    }

    public void Dispose() => Remove(_owner, _path, _hold);

    /// <summary>Takes away what runs left that were killed: a folder whose lock nobody holds.</summary>
    public static void RemoveAbandoned(DvcProject owner)
    {
        string parent = ParentOf(owner);
        // git may have been killed after it deleted a folder, and still know it.
        IEnumerable<string> known = (owner.Repository?.Output("worktree", "list", "--porcelain") ?? "").Split('\n').Where(line => line.StartsWith($"worktree {parent}/{Prefix}", StringComparison.Ordinal)).Select(line => line["worktree ".Length..]).Where(folder => !Directory.Exists(folder));
        foreach (string folder in Directory.EnumerateDirectories(parent, Prefix + "*").Concat(known))
        {
            if (Hold(folder) is { } hold)
                Remove(owner, folder, hold);
        }
    }

    /// <summary>Whether a run holds one of these folders.</summary>
    public static bool IsAnyRunning(DvcProject owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        foreach (string file in Directory.Exists(ParentOf(owner)) ? Directory.EnumerateFiles(ParentOf(owner), Prefix + "*.lock") : [])
        {
            if (Hold(file[..^".lock".Length]) is not { } hold)
                return true;
            hold.Dispose();
        }

        return false;
    }

    /// <summary>Where the folders are. A repository may hold a link there, below which folders would be deleted.</summary>
    /// <exception cref="DvcException">It does.</exception>
    internal static string ParentOf(DvcProject owner)
    {
        string temporary = Path.Combine(owner.DvcFolder, "tmp"), parent = Path.Combine(temporary, "exps");
        if (new DirectoryInfo(temporary).LinkTarget is not null || new DirectoryInfo(parent).LinkTarget is not null)
            throw new DvcException($"{parent} is or lies in a link; put a folder in its place");
        return parent;
    }

    // With the last work tree git removes the folder of them all, in which this one may just be made.
    private static bool TryAdd(DvcProject owner, string path, string baseline)
    {
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (owner.Repository?.Output("worktree", "add", "--quiet", "--detach", path, baseline) is not null)
                return true;
        }

        return false;
    }

    private static FileStream? Hold(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null; // whoever made it is still there
        }
    }

    private static void Remove(DvcProject owner, string path, FileStream hold)
    {
        // Not `prune`: it also takes what another process is about to make.
        owner.Repository?.Output("worktree", "remove", "--force", "--force", path);
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        File.Delete(path + ".lock");
        hold.Dispose();
    }
}
