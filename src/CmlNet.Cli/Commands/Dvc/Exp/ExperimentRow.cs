using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;
using CmlNet.Reports.Tables;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary>A revision with its metrics and parameters.</summary>
/// <param name="Name">As it is shown.</param>
/// <param name="Revision">Full hash; "" for the work tree.</param>
/// <param name="Kind">DVC's <c>typ</c>: <c>baseline</c> or <c>branch_commit</c>.</param>
/// <param name="Created">Null for the work tree.</param>
internal sealed record ExperimentRow(string Name, string Revision, string Kind, DateTimeOffset? Created, RevisionValues Metrics, RevisionValues Params)
{
    /// <summary>What the queue says of one that has not ended well; "" for all others.</summary>
    public string State { get; init; } = "";

    /// <summary>Why it failed.</summary>
    public string Error { get; init; } = "";

    /// <summary>Reads one; data that only DVC has comes from the cache.</summary>
    /// <param name="name">As it is shown.</param>
    /// <param name="revision">Full hash; "" for the work tree.</param>
    /// <param name="kind">DVC's <c>typ</c>.</param>
    /// <param name="project">Whose it is.</param>
    /// <param name="objects">Serves commits.</param>
    /// <param name="onlyDependencies">Of the parameters, those alone that a stage depends on.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static ExperimentRow Read(string name, string revision, string kind, DvcProject project, GitObjects objects, bool onlyDependencies, CancellationToken cancellationToken)
    {
        GitRepository repository = project.Repository!; // experiments need one, which was looked at
        IRevision files = revision.Length == 0 ? new WorkspaceRevision(repository.Root) : new CommitRevision(name, revision, objects);
        var tracked = new DataRevision(files, _ => project);
        RevisionValues Values(bool isParams) => RevisionReader.Read(tracked, new ValueQuery { IsParams = isParams, OnlyDependencies = onlyDependencies, Prefix = project.PathInRepository }, cancellationToken);
        return new ExperimentRow(name, revision, kind, revision.Length == 0 ? null : repository.CommittedAt(revision), Values(false), Values(true));
    }

    /// <summary>One of the queue: it has parameters already, and no results.</summary>
    public static ExperimentRow Read(QueueEntry entry, DvcProject project, GitObjects objects, bool onlyDependencies, CancellationToken cancellationToken)
    {
        RevisionValues none = new() { Revision = entry.Name, Files = [], Errors = [] };
        // Of one that failed, git may have collected the files.
        ExperimentRow row = project.Repository?.Commit(entry.Snapshot) is null
            ? new ExperimentRow(entry.Name, entry.Snapshot, "branch_commit", DateTimeOffset.FromUnixTimeMilliseconds(entry.Created), none, none)
            : Read(entry.Name, entry.Snapshot, "branch_commit", project, objects, onlyDependencies, cancellationToken) with { Metrics = none };
        return row with { State = entry.State, Error = entry.Error };
    }
}
