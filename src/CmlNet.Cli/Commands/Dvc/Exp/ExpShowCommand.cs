using System.CommandLine;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary><c>dvc exp show</c>.</summary>
internal static class ExpShowCommand
{
    public static Command Build(CliHost host)
    {
        var json = new Option<bool>("--json", "--show-json") { Description = "JSON." };
        var csv = new Option<bool>("--csv", "--show-csv") { Description = "CSV." };
        var markdown = new Option<bool>("--md", "--show-md") { Description = "Markdown." };
        var html = new Option<bool>("--html") { Description = "A page with a table that sorts, parallel coordinates and a scatter plot." };
        var changed = new Option<bool>("--only-changed") { Description = "Only columns that differ." };
        var drop = new Option<string?>("--drop") { Description = "Without columns whose name begins like this regular expression.", HelpName = "REGEX" };
        var sort = new Option<string?>("--sort-by") { Description = "Order experiments by a column.", HelpName = "COLUMN" };
        var order = new Option<string>("--sort-order") { Description = "asc or desc.", HelpName = "ORDER", DefaultValueFactory = _ => "asc" };
        var keep = new Option<string?>("--keep") { Description = "With columns whose name begins like this regular expression, whatever else is asked for.", HelpName = "REGEX" };
        var precision = new Option<int>("--precision") { Description = "Digits of numbers (default: 5).", HelpName = "N", DefaultValueFactory = _ => 5 };
        var hideWorkspace = new Option<bool>("--hide-workspace") { Description = "Without the work tree's row." };
        var baselines = new ExpBaselines();
        var noPager = new Option<bool>("--no-pager") { Description = "As DVC takes it." };
        var onlyDependencies = new Option<bool>("--param-deps") { Description = "Only parameters that a stage depends on." };
        var hashes = new Option<bool>("--sha") { Description = "Hashes instead of names." };
        var hideQueued = new Option<bool>("--hide-queued") { Description = "Without what waits." };
        var hideFailed = new Option<bool>("--hide-failed") { Description = "Without what failed." };
        var force = new Option<bool>("--force", "-f") { Description = "As DVC takes it; everything is read anew in any case." };
        var command = new Command("show", "Show experiments with their metrics and parameters.") { json, csv, markdown, html, changed, drop, keep, sort, order, precision, hideWorkspace, noPager, onlyDependencies, hashes, hideQueued, hideFailed, force };
        baselines.AddTo(command);
        command.SetProjectAction(host, (parsed, project, cancellationToken) =>
        {
            var references = new ExperimentReferences(project);
            GitRepository repository = project.Repository ?? throw new DvcException("experiments need a git repository");
            using GitObjects objects = GitObjects.Open(repository) ?? throw new DvcException("git cannot be started; install it");
            var columns = new ColumnFilter(parsed.GetValue(drop), parsed.GetValue(keep), parsed.GetValue(changed));
            var table = new ExperimentTable(columns, parsed.GetValue(sort), parsed.GetValue(order) == "desc") { Precision = parsed.GetValue(precision), ShowsHashes = parsed.GetValue(hashes) };
            ExperimentRow Row(string name, string revision, string kind) => ExperimentRow.Read(name, revision, kind, project, objects, parsed.GetValue(onlyDependencies), cancellationToken);
            IReadOnlyList<QueueEntry> queued = Queued(project, withQueued: !parsed.GetValue(hideQueued), withFailed: !parsed.GetValue(hideFailed));
            if (!parsed.GetValue(hideWorkspace))
                table.Add(null, Row("workspace", "", "baseline"));
            foreach (string baseline in baselines.Read(parsed, repository, references))
            {
                table.Add(null, Row(!parsed.GetValue(hashes) && baseline == references.Head && repository.Branch() is { } branch ? branch : baseline[..7], baseline, "baseline"));
                foreach (Experiment experiment in references.Of(baseline))
                    table.Add(baseline, Row(experiment.Name, experiment.Commit, "branch_commit"));
                foreach (QueueEntry entry in queued.Where(entry => entry.Baseline == baseline))
                    table.Add(baseline, ExperimentRow.Read(entry, project, objects, parsed.GetValue(onlyDependencies), cancellationToken));
            }

            string text = parsed.GetValue(json) ? table.Json() : parsed.GetValue(csv) ? table.Csv() : parsed.GetValue(markdown) ? table.Markdown() : parsed.GetValue(html) ? ExperimentPage.Render(table) : table.Plain();
            host.Out.Write(text);
            return Task.FromResult(ExitCodes.Success);
        }, isLocked: false);
        return command;
    }

    // A project without a queue is not given one for being looked at.
    private static IReadOnlyList<QueueEntry> Queued(DvcProject project, bool withQueued, bool withFailed)
    {
        if (!File.Exists(Path.Combine(ExperimentQueue.FolderOf(project), "queue.db")))
            return [];
        using var queue = new ExperimentQueue(project);
        return [.. queue.Entries().Where(entry => entry.State switch { QueueStates.Failed => withFailed, QueueStates.Queued or QueueStates.Running => withQueued, _ => false })];
    }
}
