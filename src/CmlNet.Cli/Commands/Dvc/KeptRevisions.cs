using System.CommandLine;
using System.Globalization;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>Which revisions' data <c>dvc gc</c> keeps.</summary>
internal sealed class KeptRevisions
{
    private readonly Option<bool> _workspace = new("--workspace", "-w") { Description = "Keep what the work tree's files name." };
    private readonly Option<bool> _branches = new("--all-branches", "-a") { Description = "Keep what any branch's tip needs." };
    private readonly Option<bool> _tags = new("--all-tags", "-T") { Description = "Keep what any tag needs." };
    private readonly Option<bool> _commits = new("--all-commits", "-A") { Description = "Keep what any commit needs." };
    private readonly Option<bool> _experiments = new("--all-experiments") { Description = "Keep what any experiment needs." };
    private readonly Option<string?> _revision = new("--rev") { Description = "Keep what this revision needs.", HelpName = "REV" };
    private readonly Option<int?> _number = new("--num", "-n") { Description = "With --rev: and so many before it, in all.", HelpName = "N" };
    private readonly Option<string?> _date = new("--date") { Description = "Keep what commits since this day need.", HelpName = "YYYY-MM-DD" };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_workspace, _branches, _tags, _commits, _experiments, _revision, _number, _date])
            command.Add(option);
    }

    /// <exception cref="DvcException">Nothing says what stays.</exception>
    public void Check(ParseResult parsed)
    {
        if (!parsed.GetValue(_workspace) && !NamesCommits(parsed))
            throw new DvcException("Either of the following is required: `--workspace`, `--all-branches`, `--all-tags`, `--all-commits`, `--all-experiments`, `--rev` or `--date`: it says what stays", DvcException.Usage);
        if (parsed.GetValue(_number) is not null && parsed.GetValue(_revision) is null)
            throw new DvcException("`--num` can only be used alongside `--rev`", DvcException.Usage);
    }

    /// <summary>Full hashes of the commits of a project's repository.</summary>
    /// <exception cref="DvcException">It has no repository, or not that revision.</exception>
    public IReadOnlyList<string> Read(ParseResult parsed, DvcProject project)
    {
        if (!NamesCommits(parsed))
            return [];
        GitRepository repository = project.Repository ?? throw new DvcException($"{project.Root} is not in a git repository; only -w can be given");
        List<string> revisions = [.. RevisionSets.Of(repository, parsed.GetValue(_branches), parsed.GetValue(_tags), parsed.GetValue(_commits))];
        if (parsed.GetValue(_experiments))
            revisions.AddRange(repository.Tips("refs/exps"));
        if (parsed.GetValue(_revision) is { } name)
            revisions.AddRange(repository.Commits("-n", (parsed.GetValue(_number) ?? 1).ToString(CultureInfo.InvariantCulture), repository.Commit(name) ?? throw new DvcException($"unknown Git revision '{name}' in {project.Root}")));
        if (parsed.GetValue(_date) is { } since)
            revisions.AddRange(repository.Commits("--all", "--since=" + since));
        return revisions;
    }

    private bool NamesCommits(ParseResult parsed) =>
        parsed.GetValue(_branches) || parsed.GetValue(_tags) || parsed.GetValue(_commits) || parsed.GetValue(_experiments) || parsed.GetValue(_revision) is not null || parsed.GetValue(_date) is not null;
}
