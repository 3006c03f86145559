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
        if (needsGit && host.Git?.Take(host.WorkingDirectory) is { } early)
            (_objects, _repository) = early;
        else
            (_objects, _repository) = (needsGit ? GitObjects.Open(host.WorkingDirectory) : null, GitRepository.Find(host.WorkingDirectory));
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
        DataRevision[] files = [.. revisions.Select(Open)];
        var values = new RevisionValues[files.Length];
        for (int i = 0; i < files.Length; i++)
        {
            values[i] = RevisionReader.Read(files[i], query, cancellationToken);
            if (files[i].Lacking.Count > 0 && await FetchAsync([files[i]], cancellationToken))
                values[i] = RevisionReader.Read(files[i], query, cancellationToken);
        }

        foreach (RevisionValues one in values)
        {
            for (int i = 0; i < one.Errors.Count; i++)
                _host.Error.WriteLine($"{_command}: {one.Revision}: {one.Errors[i].Value}");
        }

        return values;
    }

    public void Dispose() => _objects?.Dispose();

    /// <summary>The work tree for null or <c>workspace</c>, else a revision.</summary>
    /// <param name="revision">As the user wrote it.</param>
    /// <exception cref="CliException">There is no such revision.</exception>
    public DataRevision Open(string? revision)
    {
        if (revision is null || IsWorkspace(revision))
            return new DataRevision(new WorkspaceRevision(_root), _ => _project.Value);
        // The process that has the objects knows no experiments by name.
        if (_repository is null || _objects is null || (_objects.Commit(revision) ?? _repository.Commit(revision)) is not { } sha)
            throw new CliException(ExitCodes.Usage, $"{_command}: unknown revision '{revision}'; {_repository?.Lack() ?? "give a branch, tag or commit of this repository, or workspace"}");
        return new DataRevision(new CommitRevision(revision, sha, _objects), _ => _project.Value);
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
