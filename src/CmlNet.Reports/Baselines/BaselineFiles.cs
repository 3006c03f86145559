using CmlNet.Dvc.Revisions;

namespace CmlNet.Reports.Baselines;

/// <summary>The baseline's versions of this run's files: from git objects, or from a folder laid out the same way.</summary>
internal sealed class BaselineFiles : IDisposable
{
    private readonly GitRepository? _repository;
    private readonly GitObjects? _objects;
    private readonly string? _folder;
    private readonly string _directory;

    private BaselineFiles(Baseline baseline, string directory, GitRepository? repository = null, string? folder = null)
    {
        Baseline = baseline;
        _directory = directory;
        _folder = folder;
        _repository = repository;
        _objects = repository is null ? null : GitObjects.Open(repository);
    }

    public Baseline Baseline { get; }

    public bool IsThere => Baseline.Missing is null;

    /// <param name="request">What was asked for.</param>
    /// <param name="directory">Absolute folder of this run's results.</param>
    /// <param name="workingDirectory">Absolute; a baseline folder is relative to it.</param>
    public static BaselineFiles Open(BaselineRequest request, string directory, string workingDirectory)
    {
        string folder = Path.GetFullPath(request.Asked, workingDirectory);
        bool isAuto = request.Asked == "auto";
        GitRepository? repository = GitRepository.Find(directory);
        if (!isAuto && repository?.Commit(request.Asked) is { } sha)
            return AtCommit(request, repository, request.Asked, sha, directory);
        if (!isAuto && Directory.Exists(folder))
            return new BaselineFiles(new Baseline { Name = request.Asked }, directory, folder: folder);
        if (!isAuto)
            return None(request, directory, $"no baseline: '{request.Asked}' is neither a revision of this repository nor a folder");
        BaselineFiles found = repository is null ? None(request, directory, "no baseline: not in a git repository") : Automatic(request, repository, directory);
        return found.IsThere || RecordedRuns.Last(directory) is not { } recorded
            ? found
            : new BaselineFiles(new Baseline { Name = "the last recorded run", Age = request.Now - recorded.At }, directory, folder: recorded.Folder);
    }

    /// <summary>The baseline's bytes of a file of this run; null when it had no such file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public ReadOnlyMemory<byte>? Read(string fullPath)
    {
        if (_folder is not null)
        {
            string file = Path.Combine(_folder, Path.GetRelativePath(_directory, fullPath));
            if (!File.Exists(file))
                return null; // a conditional expression would make an empty file of the null array
            return File.ReadAllBytes(file);
        }

        if (_objects is null || Baseline.Sha is null)
            return null;
        string path = Path.GetRelativePath(_repository!.Root, fullPath).Replace('\\', '/'); // set with the objects
        if (path.StartsWith("../", StringComparison.Ordinal))
            return null; // as above
        byte[]? content = _objects.Read(Baseline.Sha, path) ?? new TrackedContent(_repository.Root, file => _objects.Read(Baseline.Sha, file)).Read(path);
        if (content is null)
            return null; // as above
        return content;
    }

    public void Dispose() => _objects?.Dispose();

    // Against the merge base, not the branch's tip: what others did meanwhile is not this run's doing.
    private static BaselineFiles Automatic(BaselineRequest request, GitRepository repository, string directory)
    {
        if (repository.Commit("HEAD") is not { } head)
            return None(request, directory, "no baseline: the repository has no commit yet");
        string?[] targets = string.IsNullOrEmpty(request.TargetBranch)
            ? [repository.DefaultBranch(), "refs/remotes/origin/main", "refs/remotes/origin/master", "refs/heads/main", "refs/heads/master"]
            : ["refs/remotes/origin/" + request.TargetBranch, "refs/heads/" + request.TargetBranch];
        foreach (string target in targets.OfType<string>())
        {
            if (repository.Commit(target) is not { } tip)
                continue;
            string name = target.Replace("refs/remotes/", "", StringComparison.Ordinal).Replace("refs/heads/", "", StringComparison.Ordinal);
            return repository.MergeBase(head, tip) is { } sha
                ? AtCommit(request, repository, $"merge base with {name}", sha, directory)
                : None(request, directory, $"no baseline: this clone has no common ancestor with {name}; fetch the whole history (fetch-depth: 0)");
        }

        return None(request, directory, string.IsNullOrEmpty(request.TargetBranch)
            ? "no baseline: the repository has no default branch that is known here"
            : $"no baseline: the target branch {request.TargetBranch} is not in this clone; fetch it (fetch-depth: 0)");
    }

    private static BaselineFiles AtCommit(BaselineRequest request, GitRepository repository, string name, string sha, string directory)
    {
        TimeSpan? age = repository.CommittedAt(sha) is { } at ? request.Now - at : null;
        int? distance = repository.Commit("HEAD") is { } head ? repository.Distance(sha, head) : null;
        return new BaselineFiles(new Baseline { Name = name, Sha = sha, Age = age, Distance = distance }, directory, repository);
    }

    private static BaselineFiles None(BaselineRequest request, string directory, string why) => new(new Baseline { Name = request.Asked, Missing = why }, directory);
}
