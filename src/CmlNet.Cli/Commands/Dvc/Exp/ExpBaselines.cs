using System.CommandLine;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary>Which commits' experiments are meant.</summary>
internal sealed class ExpBaselines
{
    private readonly Option<bool> _all = new("--all-commits", "-A") { Description = "Experiments of every commit." };
    private readonly Option<bool> _branches = new("--all-branches", "-a") { Description = "Experiments of the tip of every branch." };
    private readonly Option<bool> _tags = new("--all-tags", "-T") { Description = "Experiments of every tag." };
    private readonly Option<string[]> _revisions = new("--rev") { Description = "Experiments of this commit (default: HEAD); may be given again.", HelpName = "REV", DefaultValueFactory = _ => [] };
    private readonly Option<int> _number = new("--num", "-n") { Description = "And of so many commits before it, in all.", HelpName = "N", DefaultValueFactory = _ => 1 };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_all, _branches, _tags, _revisions, _number])
            command.Add(option);
    }

    /// <summary>Whether any were asked for.</summary>
    public bool IsAny(ParseResult parsed) => parsed.GetValue(_all) || parsed.GetValue(_branches) || parsed.GetValue(_tags) || parsed.GetValue(_revisions) is { Length: > 0 };

    /// <summary>Those of the given experiments that are of these commits.</summary>
    /// <exception cref="DvcException">No such revision.</exception>
    public IReadOnlyList<Experiment> Of(IReadOnlyList<Experiment> experiments, ParseResult parsed, DvcProject project, ExperimentReferences references)
    {
        if (parsed.GetValue(_all))
            return experiments;
        HashSet<string> commits = [.. Read(parsed, project.Repository ?? throw new DvcException("experiments need a git repository"), references)];
        return [.. experiments.Where(experiment => commits.Contains(experiment.Baseline))];
    }

    /// <summary>Full hashes, each once.</summary>
    /// <exception cref="DvcException">No such revision.</exception>
    public IReadOnlyList<string> Read(ParseResult parsed, GitRepository repository, ExperimentReferences references)
    {
        List<string> commits = [.. (parsed.GetValue(_revisions) ?? []).SelectMany(revision => Before(parsed, repository, repository.Commit(revision) ?? throw new DvcException($"unknown Git revision '{revision}'")))];
        if (parsed.GetValue(_branches))
            commits.AddRange(repository.Tips("refs/heads"));
        if (parsed.GetValue(_tags))
            commits.AddRange(repository.Tips("refs/tags"));
        if (parsed.GetValue(_all))
            commits.AddRange(references.All().Select(experiment => experiment.Baseline).Prepend(references.Head));
        if (commits.Count == 0)
            commits.AddRange(Before(parsed, repository, references.Head));
        return [.. commits.Distinct(StringComparer.Ordinal)];
    }

    // As DVC takes it: 1 is the commit itself, less than 1 everything before it.
    private IEnumerable<string> Before(ParseResult parsed, GitRepository repository, string commit) => parsed.GetValue(_number) switch
    {
        1 => [commit],
        < 1 => repository.Commits("--first-parent", commit),
        var number => repository.Commits("--first-parent", "-n", number.ToString(System.Globalization.CultureInfo.InvariantCulture), commit),
    };
}
