using CmlNet.Dvc.Configuration;
using CmlNet.Dvc.Ignoring;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Project;

/// <summary>A DVC project on disk: the folder with <c>.dvc</c> in it, its configuration, cache and repository.</summary>
public sealed class DvcProject
{
    private readonly Lazy<GitRepository?> _repository;
    private readonly Lazy<FileLinker> _linker;

    private DvcProject(string root, IReadOnlyDictionary<string, string> environment, TimeProvider time, ObjectStore? cache = null)
    {
        Root = root;
        DvcFolder = Path.Combine(root, ".dvc");
        Environment = environment;
        Time = time;
        Config = DvcConfig.Read(DvcFolder, environment);
        IsInGit = !Config.IsWithoutGit && GitRepository.IsNear(root);
        _repository = new(() => IsInGit ? GitRepository.Find(root) : null);
        Cache = cache ?? new ObjectStore(Config.Get("cache", "dir") ?? Path.Combine(DvcFolder, "cache"), isShared: Config.Get("cache", "shared") == "group");
        _linker = new(() => new FileLinker(Config.LinkTypes)); // a wrong link type must not keep `dvc config` from setting another
        Ignored = IgnoreRules.OfDvc(root);
        State = HashState.Open(Path.Combine(DvcFolder, "tmp", "cml-state"), time);
    }

    /// <summary>Absolute path of the project's folder.</summary>
    public string Root { get; }

    /// <summary>Absolute path of its <c>.dvc</c>.</summary>
    public string DvcFolder { get; }

    public IReadOnlyDictionary<string, string> Environment { get; }

    public TimeProvider Time { get; }

    public DvcConfig Config { get; }

    /// <summary>Null when it is in no git repository, or git is not to be asked.</summary>
    public GitRepository? Repository => _repository.Value;

    /// <summary>There is a <c>.git</c> around it, which git itself has not been asked about.</summary>
    internal bool IsInGit { get; }

    public ObjectStore Cache { get; }

    /// <summary>What <c>.dvcignore</c> leaves out.</summary>
    public IgnoreRules Ignored { get; }

    internal FileLinker Linker => _linker.Value;

    internal HashState State { get; }

    /// <summary>Path of the project's folder below the repository's root; "" when they are the same.</summary>
    public string PathInRepository => Repository is null || Repository.Root == Root ? "" : Path.GetRelativePath(Repository.Root, Root).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>The project around a folder.</summary>
    /// <exception cref="DvcException">There is none.</exception>
    public static DvcProject Open(string directory, IReadOnlyDictionary<string, string> environment, TimeProvider time)
    {
        for (string? folder = Path.GetFullPath(directory); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (!Directory.Exists(Path.Combine(folder, ".dvc")))
                continue;
            CheckLinks(folder);
            return new DvcProject(folder, environment, time);
        }

        throw new DvcException($"you are not inside of a DVC repository (looked from {directory} up to the root). Make one with: dvc init", DvcException.NotAProject);
    }

    // What is written there comes from commands, and a repository may hold links. A cache that the user put elsewhere by a link of his own is not in git.
    private static void CheckLinks(string root)
    {
        string folder = Path.Combine(root, ".dvc"), temporary = Path.Combine(folder, "tmp"), cache = Path.Combine(folder, "cache");
        if (new FileInfo(folder).LinkTarget is not null && new RepositoryBounds(root).WayOut(folder) is { } outside)
            throw new DvcException($"{folder} is a link to {outside}, outside of the repository; put a folder in its place");
        if (new FileInfo(temporary).LinkTarget is not null)
            throw new DvcException($"{temporary} is a link; put a folder in its place");
        if (new FileInfo(cache).LinkTarget is not null && GitRepository.Find(root)?.IsTracked(cache) == true)
            throw new DvcException($"{cache} is a link that came with the repository; take it out with `git rm`, or say where the cache is with: dvc cache dir --local FOLDER");
    }

    /// <summary>Absolute path of a path relative to the root.</summary>
    public string FullPath(string path) => Path.Combine(Root, path);

    /// <summary>A path as the user gave it, relative to the root; rooted when it is outside.</summary>
    public string RelativeTo(string directory, string path)
    {
        string full = Path.GetFullPath(path, directory);
        string relative = Path.GetRelativePath(Root, full).Replace(Path.DirectorySeparatorChar, '/').TrimEnd('/');
        return relative == "." ? "" : relative.StartsWith("../", StringComparison.Ordinal) || relative == ".." ? full : relative;
    }

    /// <summary>The same project, with its objects kept elsewhere.</summary>
    public DvcProject WithCache(ObjectStore cache) => new(Root, Environment, Time, cache);

    /// <summary>Keeps the hashes computed so far for the next command.</summary>
    public void SaveState() => State.Save();

    /// <summary>Takes the project's lock.</summary>
    public Task<ProjectLock> LockAsync(CancellationToken cancellationToken) => LockAsync(isPatient: false, cancellationToken);

    /// <summary>Takes the project's lock, and may wait for it without end.</summary>
    internal Task<ProjectLock> LockAsync(bool isPatient, CancellationToken cancellationToken) => ProjectLock.TakeAsync(DvcFolder, Time, isPatient, cancellationToken);
}
