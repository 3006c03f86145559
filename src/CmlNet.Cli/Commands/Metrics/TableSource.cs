using CmlNet.Dvc.Revisions;
using CmlNet.Reports.Baselines;
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

    public TableSource(CliHost host, string command, bool needsGit)
    {
        _host = host;
        _command = command;
        _repository = GitRepository.Find(host.WorkingDirectory);
        _objects = _repository is null || !needsGit ? null : GitObjects.Open(_repository);
        if (needsGit && _objects is null)
            throw new CliException(ExitCodes.Failure, $"{command}: not in a git repository, so there is no revision to compare with");
        _root = _repository?.Root ?? host.WorkingDirectory;
    }

    public GitRepository? Repository => _repository;

    /// <summary>The work tree for null or <c>workspace</c>, else a revision.</summary>
    public RevisionValues Read(string? revision, bool isParams, IReadOnlyList<string> targets, CancellationToken cancellationToken)
    {
        var query = new ValueQuery { IsParams = isParams, Prefix = Prefix(), Targets = [.. targets.Select(target => Path.IsPathRooted(target) ? Path.GetRelativePath(_host.WorkingDirectory, target) : target)] };
        RevisionValues values = RevisionReader.Read(Open(revision), query, cancellationToken);
        foreach ((_, string error) in values.Errors)
            _host.Error.WriteLine($"{_command}: {values.Revision}: {error}");
        return values;
    }

    public void Dispose() => _objects?.Dispose();

    /// <summary>The work tree for null or <c>workspace</c>, else a revision.</summary>
    /// <exception cref="CliException">There is no such revision.</exception>
    public IRevision Open(string? revision)
    {
        if (revision is null or "workspace")
            return new WorkspaceRevision(_root);
        return _repository?.Commit(revision) is { } sha && _objects is not null
            ? new TrackedFiles(new CommitRevision(revision, sha, _repository, _objects), _repository.Root, _host.Environment)
            : throw new CliException(ExitCodes.Usage, $"{_command}: unknown revision '{revision}'; give a branch, tag or commit of this repository, or workspace");
    }

    /// <summary>A path as the user gave it, relative to the project's root.</summary>
    public string Relative(string path) => Path.GetRelativePath(_root, Path.GetFullPath(path, _host.WorkingDirectory)).Replace('\\', '/');

    private string Prefix()
    {
        string relative = Path.GetRelativePath(_root, _host.WorkingDirectory).Replace('\\', '/');
        return relative is "." || relative.StartsWith("../", StringComparison.Ordinal) ? "" : relative;
    }
}
