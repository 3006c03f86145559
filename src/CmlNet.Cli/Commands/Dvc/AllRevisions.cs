using System.CommandLine;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>The options that take the data of other revisions along.</summary>
internal sealed class AllRevisions
{
    private readonly Option<bool> _branches = new("--all-branches", "-a") { Description = "Data of every branch." };
    private readonly Option<bool> _tags = new("--all-tags", "-T") { Description = "Data of every tag." };
    private readonly Option<bool> _commits = new("--all-commits", "-A") { Description = "Data of every commit." };

    public IEnumerable<Option> All => [_branches, _tags, _commits];

    public bool IsAny(ParseResult parsed) => parsed.GetValue(_branches) || parsed.GetValue(_tags) || parsed.GetValue(_commits);

    /// <summary>Outputs of the work tree, and those of the revisions that are asked for.</summary>
    /// <exception cref="DvcException">git cannot tell.</exception>
    public IReadOnlyList<SelectedOutput> AddTo(IReadOnlyList<SelectedOutput> outputs, ParseResult parsed, DvcProject project)
    {
        if (!IsAny(parsed) || project.Repository is null)
            return outputs;
        using GitObjects objects = GitObjects.Open(project.Repository) ?? throw new DvcException("git cannot be started; install it");
        var all = new List<SelectedOutput>(outputs);
        foreach (string revision in RevisionSets.Of(project.Repository, parsed.GetValue(_branches), parsed.GetValue(_tags), parsed.GetValue(_commits)).Distinct(StringComparer.Ordinal))
            all.AddRange(ProjectIndex.Read(new CommitRevision(revision, revision, objects), project.Config, project.PathInRepository).Select([]));
        return [.. all.DistinctBy(item => (item.Output.Path, item.Output.Recorded?.Id, item.Part))];
    }
}
