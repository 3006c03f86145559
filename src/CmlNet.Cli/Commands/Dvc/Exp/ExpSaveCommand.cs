using System.CommandLine;
using CmlNet.Dvc.Data;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary><c>dvc exp save</c>: the work tree as it is, its data recorded first, becomes an experiment.</summary>
internal static class ExpSaveCommand
{
    public static Command Build(CliHost host)
    {
        var targets = new Argument<string[]>("TARGET") { Description = "Record only these stages and .dvc files (default: all that changed).", Arity = ArgumentArity.ZeroOrMore };
        var name = new Option<string?>("--name", "-n") { Description = "Its name (default: one of two words).", HelpName = "NAME" };
        var force = new Option<bool>("--force", "-f") { Description = "Replace one of that name." };
        var include = new Option<string[]>("--include-untracked", "-I") { Description = "Untracked files to keep in it.", HelpName = "PATH", DefaultValueFactory = _ => [] };
        var message = new Option<string?>("--message", "-m") { Description = "Message of its commit.", HelpName = "TEXT" };
        var recursive = new Option<bool>("--recursive", "-R") { Description = "Everything below the folders." };
        var command = new Command("save", "Keep the work tree as an experiment.") { targets, name, force, include, message, recursive };
        command.SetProjectAction(host, async (parsed, project, cancellationToken) =>
        {
            var references = new ExperimentReferences(project);
            string baseline = references.Head;
            var request = new ExperimentRequest { Name = parsed.GetValue(name), IsForced = parsed.GetValue(force) };
            string chosen = new ExperimentRun(project, StageRunners.Create(null), _ => { }).NameOf(request, baseline);
            var selection = new TargetSelection(parsed.GetValue(targets) ?? []) { IsRecursive = parsed.GetValue(recursive) };
            foreach (Stage stage in selection.Stages(host, project, ProjectIndex.Read(project)).Where(stage => CanBeRecorded(stage, project)))
            {
                if (StageStatus.Read(stage, project, allowsMissing: false, cancellationToken).IsChanged)
                    new StageCommit(project).Apply(stage, stores: true, cancellationToken);
            }

            string commit = new ExperimentTree(project).Commit(baseline, parsed.GetValue(include) ?? [], parsed.GetValue(message));
            Experiment saved = references.Set(baseline, chosen, commit, request.IsForced);
            host.Out.Write($"Experiment has been saved as: {saved.Name}\n");
            await new ExperimentTransfer(project, line => host.Out.Write(line + "\n"), line => host.Error.Write(line + "\n")).PushMadeAsync(saved, cancellationToken);
            return ExitCodes.Success;
        });
        return command;
    }

    // A stage that has not run yet has nothing to record.
    private static bool CanBeRecorded(Stage stage, DvcProject project) =>
        !stage.IsImport && stage.Outputs.Select(output => output.Path).Concat(stage.Dependencies.Select(dependency => dependency.Path)).Concat(stage.Params.Select(parameter => parameter.Path)).All(path => Path.Exists(project.FullPath(path)));
}
