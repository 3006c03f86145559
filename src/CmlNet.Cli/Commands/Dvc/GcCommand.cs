using System.CommandLine;
using CmlNet.Dvc.Data;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Storage;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc gc</c>: deletes objects of the cache that the named revisions do not need.</summary>
internal static class GcCommand
{
    public static Command Build(CliHost host)
    {
        var workspace = new Option<bool>("--workspace", "-w") { Description = "Keep what the work tree's files name." };
        var branches = new Option<bool>("--all-branches", "-a") { Description = "Keep what any branch's tip needs." };
        var tags = new Option<bool>("--all-tags", "-T") { Description = "Keep what any tag needs." };
        var commits = new Option<bool>("--all-commits", "-A") { Description = "Keep what any commit needs." };
        var experiments = new Option<bool>("--all-experiments") { Description = "Keep what any experiment needs." };
        var revision = new Option<string?>("--rev") { Description = "Keep what this revision needs.", HelpName = "REV" };
        var number = new Option<int>("--num", "-n") { Description = "With --rev: and so many before it, in all.", DefaultValueFactory = _ => 1 };
        var date = new Option<string?>("--date") { Description = "Keep what commits since this day need.", HelpName = "YYYY-MM-DD" };
        var dry = new Option<bool>("--dry") { Description = "Only say what would go." };
        var force = new Option<bool>("--force", "-f") { Description = "Do not ask." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Say nothing." };
        var command = new Command("gc", "Delete objects of the cache that are not in use.") { workspace, branches, tags, commits, experiments, revision, number, date, dry, force, quiet };
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            var revisions = new List<string>(Queued(project));
            GitRepository? repository = project.Repository;
            bool any = parsed.GetValue(branches) || parsed.GetValue(tags) || parsed.GetValue(commits) || parsed.GetValue(experiments) || parsed.GetValue(revision) is not null || parsed.GetValue(date) is not null;
            if (!any && !parsed.GetValue(workspace))
                throw new DvcException("Either of the following is required: `--workspace`, `--all-branches`, `--all-tags`, `--all-commits`, `--all-experiments`, `--rev` or `--date`: it says what stays", DvcException.Usage);
            if (any && repository is null)
                throw new DvcException("not in a git repository; only -w can be given");
            if (repository is not null)
            {
                if (parsed.GetValue(branches))
                    revisions.AddRange(repository.Tips("refs/heads", "refs/remotes"));
                if (parsed.GetValue(tags))
                    revisions.AddRange(repository.Tips("refs/tags"));
                if (parsed.GetValue(experiments))
                    revisions.AddRange(repository.Tips("refs/exps"));
                if (parsed.GetValue(commits))
                    revisions.AddRange(repository.Commits("--all"));
                if (parsed.GetValue(revision) is { } name)
                    revisions.AddRange(repository.Commits("-n", parsed.GetValue(number).ToString(System.Globalization.CultureInfo.InvariantCulture), repository.Commit(name) ?? throw new DvcException($"unknown Git revision '{name}'")));
                if (parsed.GetValue(date) is { } since)
                    revisions.AddRange(repository.Commits("--all", "--since=" + since));
            }

            if (!parsed.GetValue(force) && !parsed.GetValue(dry))
                throw new DvcException("this deletes objects from the cache that cannot be had back unless a remote has them. Look first with `--dry`, then use `-f`.");
            // What the work tree names stays in any case, as in DVC.
            IReadOnlyList<ObjectId> unused = new GarbageCollection(project).Unused(revisions, keepsWorkspace: true, inverts: false);
            foreach (ObjectId id in unused)
            {
                if (!parsed.GetValue(dry))
                    project.Cache.Remove(id);
            }

            CleanUp(host, new GarbageCollection(project).Leftovers(revisions), parsed.GetValue(dry), parsed.GetValue(quiet));
            if (!parsed.GetValue(quiet))
                host.Out.Write(unused.Count == 0 ? "No unused 'local' cache to remove.\n" : $"{(parsed.GetValue(dry) ? "Would remove" : "Removed")} {unused.Count} objects from the local cache.\n");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    // What experiments need that wait; of one that runs nothing names the data yet.
    private static IReadOnlyList<string> Queued(DvcProject project) => ExperimentFolder.IsAnyRunning(project)
        ? throw new DvcException("an experiment runs in a folder of its own, and nothing names its data yet; wait for it to end, or end it with: dvc queue kill")
        : project.Repository?.Tips("refs/cml/queue") ?? [];

    private static void CleanUp(CliHost host, IReadOnlyList<FileInfo> leftovers, bool isDry, bool isQuiet)
    {
        foreach (FileInfo file in leftovers.Where(_ => !isDry))
            file.Delete();
        if (leftovers.Count > 0 && !isQuiet)
            host.Out.Write($"{(isDry ? "Would remove" : "Removed")} {leftovers.Count} unfinished file{(leftovers.Count == 1 ? "" : "s")} that ended processes left.\n");
    }
}
