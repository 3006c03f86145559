using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Storage;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Baselines;

/// <summary>The baseline's versions of this run's files: from git objects, or from a folder laid out the same way.</summary>
internal sealed class BaselineFiles : IDisposable
{
    private readonly GitObjects? _objects;
    private readonly DataRevision? _commit;
    private readonly string? _root, _folder;
    private readonly string _directory;

    private BaselineFiles(Baseline baseline, ReportRequest request, GitRepository? repository = null, string? folder = null)
    {
        Baseline = baseline;
        _directory = request.Directory;
        _folder = folder;
        _objects = repository is null ? null : GitObjects.Open(repository);
        if (repository is null || _objects is null || baseline.Sha is null)
            return;
        _root = repository.Root;
        _commit = new DataRevision(new CommitRevision(baseline.Name, baseline.Sha, _objects), new NearestProject(repository.Root, request.Environment).Of);
        _commit.Settle(); // whoever may fetch has done so
    }

    public Baseline Baseline { get; }

    /// <summary>Files of the whole repository at the baseline, with what DVC tracks; null when it is no commit.</summary>
    public IRevision? Revision => _commit;

    public bool IsThere => Baseline.Missing is null;

    /// <param name="asked">The baseline, or one more revision.</param>
    /// <param name="request">For the folder of this run's results and the one that a baseline folder is relative to.</param>
    public static BaselineFiles Open(BaselineRequest asked, ReportRequest request)
    {
        string folder = Path.GetFullPath(asked.Asked, request.WorkingDirectory);
        bool isAuto = asked.Asked == "auto";
        GitRepository? repository = GitRepository.Find(request.Directory);
        if (!isAuto && repository?.Commit(asked.Asked) is { } sha)
            return AtCommit(asked, repository, asked.Asked, sha, request);
        if (!isAuto && Directory.Exists(folder))
            return new BaselineFiles(new Baseline { Name = asked.Asked }, request, folder: folder);
        if (!isAuto)
            return None(asked, request, $"no baseline: '{asked.Asked}' is neither a revision of this repository nor a folder{(repository?.Lack() is { } lack ? "; " + lack : "")}");
        BaselineFiles found = repository is null ? None(asked, request, "no baseline: not in a git repository") : Automatic(asked, repository, request);
        return found.IsThere || RecordedRuns.Last(request.Directory) is not { } recorded
            ? found
            : new BaselineFiles(new Baseline { Name = "the last recorded run", Age = asked.Now - recorded.At }, request, folder: recorded.Folder);
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
            return FileKind.IsStream(file) ? throw new IOException(FileKind.StreamRefusal) : File.ReadAllBytes(file);
        }

        byte[]? content = InRepository(fullPath) is { } path ? _commit?.Read(path) : null;
        if (content is null)
            return null; // as above
        return content;
    }

    /// <summary>The baseline folder's newest of what an experiment tracker names anew with each run; null for every other file, and when there is none.</summary>
    public string? Tracked(string fullPath) => _folder is null ? null : TrackerFiles.Counterpart(_directory, fullPath, _folder);

    /// <summary>Bytes of the baseline's version of a file; null when it had no such file, or nothing tells.</summary>
    public long? Length(string fullPath)
    {
        if (_folder is null)
            return InRepository(fullPath) is { } path ? _commit?.Length(path) : null;
        var file = new FileInfo(Path.Combine(_folder, Path.GetRelativePath(_directory, fullPath)));
        return file.Exists ? file.Length : null;
    }

    /// <summary>What has to be fetched before a file of this run can be read; null when nothing has.</summary>
    public (DvcProject Project, SelectedOutput Output)? Missing(string fullPath) => InRepository(fullPath) is { } path ? _commit?.Missing(path) : null;

    private string? InRepository(string fullPath)
    {
        string? path = _root is null ? null : Path.GetRelativePath(_root, fullPath).Replace('\\', '/');
        return path is null || path.StartsWith("../", StringComparison.Ordinal) ? null : path;
    }

    public void Dispose() => _objects?.Dispose();

    // Against the merge base, not the branch's tip: what others did meanwhile is not this run's doing.
    private static BaselineFiles Automatic(BaselineRequest asked, GitRepository repository, ReportRequest request)
    {
        if (repository.Commit("HEAD") is not { } head)
            return None(asked, request, "no baseline: the repository has no commit yet");
        string?[] targets = string.IsNullOrEmpty(asked.TargetBranch)
            ? [repository.DefaultBranch(), "refs/remotes/origin/main", "refs/remotes/origin/master", "refs/heads/main", "refs/heads/master"]
            : ["refs/remotes/origin/" + asked.TargetBranch, "refs/heads/" + asked.TargetBranch];
        foreach (string target in targets.OfType<string>())
        {
            if (repository.Commit(target) is not { } tip)
                continue;
            string name = target.Replace("refs/remotes/", "", StringComparison.Ordinal).Replace("refs/heads/", "", StringComparison.Ordinal);
            return repository.MergeBase(head, tip) is { } sha
                ? AtCommit(asked, repository, $"merge base with {name}", sha, request)
                : None(asked, request, $"no baseline: this clone has no common ancestor with {name}; fetch the whole history (fetch-depth: 0)");
        }

        return None(asked, request, string.IsNullOrEmpty(asked.TargetBranch)
            ? "no baseline: the repository has no default branch that is known here"
            : $"no baseline: the target branch {asked.TargetBranch} is not in this clone; fetch it (fetch-depth: 0)");
    }

    private static BaselineFiles AtCommit(BaselineRequest asked, GitRepository repository, string name, string sha, ReportRequest request)
    {
        TimeSpan? age = repository.CommittedAt(sha) is { } at ? asked.Now - at : null;
        int? distance = repository.Commit("HEAD") is { } head ? repository.Distance(sha, head) : null;
        return new BaselineFiles(new Baseline { Name = name, Sha = sha, Age = age, Distance = distance }, request, repository);
    }

    private static BaselineFiles None(BaselineRequest asked, ReportRequest request, string why) => new(new Baseline { Name = asked.Asked, Missing = why }, request);
}
