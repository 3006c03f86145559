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
    /// <summary>Reads one; data that only DVC has comes from the cache.</summary>
    public static ExperimentRow Read(string name, string revision, string kind, DvcProject project, GitObjects objects, CancellationToken cancellationToken)
    {
        GitRepository repository = project.Repository!; // experiments need one, which was looked at
        IRevision files = revision.Length == 0 ? new WorkspaceRevision(repository.Root) : new CommitRevision(name, revision, repository, objects);
        var tracked = new DataRevision(files, _ => project);
        RevisionValues Values(bool isParams) => RevisionReader.Read(tracked, new ValueQuery { IsParams = isParams, Prefix = project.PathInRepository }, cancellationToken);
        return new ExperimentRow(name, revision, kind, revision.Length == 0 ? null : repository.CommittedAt(revision), Values(false), Values(true));
    }
}
