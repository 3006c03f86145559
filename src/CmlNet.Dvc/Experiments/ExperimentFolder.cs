using CmlNet.Dvc.Configuration;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Experiments;

/// <summary>A git work tree for one experiment, below <c>.dvc/tmp/exps</c>, with the cache of the project it belongs to. It goes away again.</summary>
internal sealed class ExperimentFolder : IDisposable
{
    private readonly DvcProject _owner;
    private readonly string _path;

    private ExperimentFolder(DvcProject owner, string path, DvcProject project) => (_owner, _path, Project) = (owner, path, project);

    /// <summary>The project in it.</summary>
    public DvcProject Project { get; }

    /// <param name="owner">The user's project.</param>
    /// <param name="content">Commit whose files to begin with.</param>
    /// <param name="baseline">Commit to be at.</param>
    public static ExperimentFolder Make(DvcProject owner, string content, string baseline)
    {
        string path = Path.Combine(owner.DvcFolder, "tmp", "exps", $"tmp{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // a folder has a parent
        if (owner.Repository?.Output("worktree", "add", "--quiet", "--detach", path, baseline) is null)
            throw new DvcException($"git cannot make a work tree at {path}");
        string root = owner.PathInRepository.Length == 0 ? path : Path.Combine(path, owner.PathInRepository);
        try
        {
            // Commands in it that call dvc share the cache, too.
            var config = ConfigFile.Read(Path.Combine(root, ".dvc", "config.local"));
            string local = Path.Combine(owner.DvcFolder, "config.local");
            if (File.Exists(local))
                File.Copy(local, config.Path);
            config = ConfigFile.Read(config.Path);
            config.Set("cache", "dir", owner.Cache.Root);
            config.Save();
            DvcProject project = DvcProject.Open(root, owner.Environment, owner.Time);
            if (content != baseline)
                new ExperimentTree(project).Apply(content);
            return new ExperimentFolder(owner, path, project);
        }
        catch
        {
            Remove(owner, path);
            throw;
        }
    }

    public void Dispose() => Remove(_owner, _path);

    private static void Remove(DvcProject owner, string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        owner.Repository?.Output("worktree", "prune");
    }
}
