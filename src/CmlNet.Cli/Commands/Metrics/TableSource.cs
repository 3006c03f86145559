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
        _repository = GitRepository.Find(host.WorkingDirectory);
        _objects = _repository is null || !needsGit ? null : GitObjects.Open(_repository);
        if (needsGit && _objects is null)
            throw new CliException(ExitCodes.Failure, $"{command}: not in a git repository, so there is no revision to compare with");
        _root = _repository?.Root ?? host.WorkingDirectory;
        _project = new(() => OpenProject(host));
    }

    public GitRepository? Repository => _repository;

    /// <summary>The work tree for null or <c>workspace</c>, else a revision. What DVC tracks is read from the cache, and got from the remote first where it is not there.</summary>
    public async Task<RevisionValues> ReadAsync(string? revision, bool isParams, IReadOnlyList<string> targets, CancellationToken cancellationToken)
    {
        var query = new ValueQuery { IsParams = isParams, Prefix = Prefix(), Targets = [.. targets.Select(target => Path.IsPathRooted(target) ? Path.GetRelativePath(_host.WorkingDirectory, target) : target)] };
        DataRevision files = Open(revision);
        RevisionValues values = RevisionReader.Read(files, query, cancellationToken);
        if (await FetchAsync([files], cancellationToken))
            values = RevisionReader.Read(files, query, cancellationToken);
        foreach ((_, string error) in values.Errors)
            _host.Error.WriteLine($"{_command}: {values.Revision}: {error}");
        return values;
    }

    public void Dispose() => _objects?.Dispose();

    /// <summary>The work tree for null or <c>workspace</c>, else a revision.</summary>
    /// <exception cref="CliException">There is no such revision.</exception>
    public DataRevision Open(string? revision)
    {
        if (revision is null or "workspace")
            return new DataRevision(new WorkspaceRevision(_root), _ => _project.Value);
        return _repository?.Commit(revision) is { } sha && _objects is not null
            ? new DataRevision(new CommitRevision(revision, sha, _repository, _objects), _ => _project.Value)
            : throw new CliException(ExitCodes.Usage, $"{_command}: unknown revision '{revision}'; {_repository?.Lack() ?? "give a branch, tag or commit of this repository, or workspace"}");
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
