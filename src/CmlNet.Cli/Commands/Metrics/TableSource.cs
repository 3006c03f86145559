using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;
using CmlNet.Dvc.Revisions;
using CmlNet.Reports.Tables;

namespace CmlNet.Cli.Commands.Metrics;

/// <summary>Reads revisions for the table commands; one git process serves all commits.</summary>
internal sealed class TableSource : IDisposable
{
    private readonly CliHost _host;
    private readonly string _command;
    private readonly GitRepository? _repository;
    private readonly GitObjects? _objects;
    private readonly string _root;
    private readonly Lazy<DvcProject?> _project;

    public TableSource(CliHost host, string command, bool needsGit)
    {
        _host = host;
        _command = command;
        // Started before the repository is known: both processes take as long as anything that follows.
        _objects = needsGit ? GitObjects.Open(host.WorkingDirectory) : null;
        _repository = GitRepository.Find(host.WorkingDirectory);
        if (needsGit && (_objects is null || _repository is null))
        {
            _objects?.Dispose();
            throw new CliException(ExitCodes.Failure, $"{command}: not in a git repository, so there is no revision to compare with");
        }

        _root = _repository?.Root ?? host.WorkingDirectory;
        _project = new(() => OpenProject(host));
    }

    public GitRepository? Repository => _repository;

    /// <summary>Null in a folder that is no DVC project.</summary>
    public DvcProject? Project => _project.Value;

    /// <summary>The work tree for null or <c>workspace</c>, else a revision. What DVC tracks is read from the cache, and got from the remote first where it is not there.</summary>
    public async Task<RevisionValues> ReadAsync(string? revision, bool isParams, IReadOnlyList<string> targets, CancellationToken cancellationToken) =>
        (await ReadAllAsync([revision], isParams, targets, cancellationToken))[0];

    /// <summary>Several revisions, in the order given.</summary>
    public async Task<IReadOnlyList<RevisionValues>> ReadAllAsync(IReadOnlyList<string?> revisions, bool isParams, IReadOnlyList<string> targets, CancellationToken cancellationToken, bool onlyDependencies = false)
    {
        var query = new ValueQuery { IsParams = isParams, OnlyDependencies = onlyDependencies, Prefix = Prefix(), Targets = [.. targets.Select(target => Path.IsPathRooted(target) ? Path.GetRelativePath(_host.WorkingDirectory, target) : target)] };
        DataRevision[] files = [.. revisions.Select(revision => Open(revision, willSearch: targets.Count == 0))];
        var values = new RevisionValues[files.Length];
        // The work tree first: git is still listing the files of the commits.
        foreach (int i in Enumerable.Range(0, files.Length).OrderBy(i => !IsWorkspace(revisions[i])))
        {
            values[i] = RevisionReader.Read(files[i], query, cancellationToken);
            if (await FetchAsync([files[i]], cancellationToken))
                values[i] = RevisionReader.Read(files[i], query, cancellationToken);
        }

        foreach (RevisionValues one in values)
        {
            foreach ((_, string error) in one.Errors)
                _host.Error.WriteLine($"{_command}: {one.Revision}: {error}");
        }

        return values;
    }

    public void Dispose() => _objects?.Dispose();

    /// <summary>The work tree for null or <c>workspace</c>, else a revision.</summary>
    /// <param name="revision">As the user wrote it.</param>
    /// <param name="willSearch">All of its paths will be asked for soon.</param>
    /// <exception cref="CliException">There is no such revision.</exception>
    public DataRevision Open(string? revision, bool willSearch = false)
    {
        if (revision is null || IsWorkspace(revision))
            return new DataRevision(new WorkspaceRevision(_root), _ => _project.Value);
        // The process that has the objects knows no experiments by name.
        if (_repository is null || _objects is null || (_objects.Commit(revision) ?? _repository.Commit(revision)) is not { } sha)
            throw new CliException(ExitCodes.Usage, $"{_command}: unknown revision '{revision}'; {_repository?.Lack() ?? "give a branch, tag or commit of this repository, or workspace"}");
        var commit = new CommitRevision(revision, sha, _repository, _objects);
        if (willSearch)
            commit.BeginPaths();
        return new DataRevision(commit, _ => _project.Value);
    }

    /// <summary>Gets from the remote what revisions were asked for and the cache has not.</summary>
    /// <returns>Whether there was anything: then the revisions are to be read again, and say what is still not there.</returns>
    public async Task<bool> FetchAsync(IReadOnlyList<DataRevision> revisions, CancellationToken cancellationToken)
    {
        List<SelectedOutput> lacking = [.. revisions.SelectMany(revision => revision.Lacking)];
        if (lacking.Count == 0)
            return false;
        foreach (DataRevision revision in revisions)
            revision.Settle();
        if (_project.Value is not { Config.DefaultRemote: not null } project)
            return true;
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        await using var stores = new RemoteStores(project, client);
        try
        {
            await new RemoteSync(project, stores, null, Environment.ProcessorCount).FetchAsync(lacking, cancellationToken);
        }
        catch (Exception e) when (e is DvcException or IOException or HttpRequestException)
        {
            _host.Error.WriteLine($"{_command}: the remote cannot be asked: {e.Message}");
        }

        return true;
    }

    private static bool IsWorkspace(string? revision) => revision is null or "workspace";

    private static DvcProject? OpenProject(CliHost host)
    {
        try
        {
            return DvcProject.Open(host.WorkingDirectory, host.Environment, host.Time);
        }
        catch (DvcException)
        {
            return null; // metrics of a folder that is no project are the files that lie there
        }
    }

    /// <summary>A path as the user gave it, relative to the project's root.</summary>
    public string Relative(string path) => Path.GetRelativePath(_root, Path.GetFullPath(path, _host.WorkingDirectory)).Replace('\\', '/');

    private string Prefix()
    {
        string relative = Path.GetRelativePath(_root, _host.WorkingDirectory).Replace('\\', '/');
        return relative is "." || relative.StartsWith("../", StringComparison.Ordinal) ? "" : relative;
    }
}
