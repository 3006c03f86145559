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
        var drop = new Option<string?>("--drop") { Description = "Without columns whose name has this in it.", HelpName = "TEXT" };
        var sort = new Option<string?>("--sort-by") { Description = "Order experiments by a column.", HelpName = "COLUMN" };
        var order = new Option<string>("--sort-order") { Description = "asc or desc.", HelpName = "ORDER", DefaultValueFactory = _ => "asc" };
        var keep = new Option<string?>("--keep") { Description = "With columns whose name has this in it, whatever else is asked for.", HelpName = "TEXT" };
        var precision = new Option<int>("--precision") { Description = "Digits of numbers (default: 5).", HelpName = "N", DefaultValueFactory = _ => 5 };
        var hideWorkspace = new Option<bool>("--hide-workspace") { Description = "Without the work tree's row." };
        var baselines = new ExpBaselines();
        var noPager = new Option<bool>("--no-pager") { Description = "As DVC takes it." };
        var command = new Command("show", "Show experiments with their metrics and parameters.") { json, csv, markdown, html, changed, drop, keep, sort, order, precision, hideWorkspace, noPager };
        baselines.AddTo(command);
        command.SetProjectAction(host, (parsed, project, cancellationToken) =>
        {
            var references = new ExperimentReferences(project);
            GitRepository repository = project.Repository ?? throw new DvcException("experiments need a git repository");
            using GitObjects objects = GitObjects.Open(repository) ?? throw new DvcException("git cannot be started; install it");
            var table = new ExperimentTable(parsed.GetValue(changed), parsed.GetValue(drop), parsed.GetValue(sort), parsed.GetValue(order) == "desc") { Keep = parsed.GetValue(keep), Precision = parsed.GetValue(precision) };
            if (!parsed.GetValue(hideWorkspace))
                table.Add(null, ExperimentRow.Read("workspace", "", "baseline", project, objects, cancellationToken));
            foreach (string baseline in baselines.Read(parsed, repository, references))
            {
                table.Add(null, ExperimentRow.Read(baseline == references.Head && repository.Branch() is { } branch ? branch : baseline[..7], baseline, "baseline", project, objects, cancellationToken));
                foreach (Experiment experiment in references.Of(baseline))
                    table.Add(baseline, ExperimentRow.Read(experiment.Name, experiment.Commit, "branch_commit", project, objects, cancellationToken));
            }

            string text = parsed.GetValue(json) ? table.Json() : parsed.GetValue(csv) ? table.Csv() : parsed.GetValue(markdown) ? table.Markdown() : parsed.GetValue(html) ? ExperimentPage.Render(table) : table.Plain();
            host.Out.Write(text);
            return Task.FromResult(ExitCodes.Success);
        }, isLocked: false);
        return command;
    }
}
