using System.CommandLine;
using CmlNet.Dvc.Data;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc commit</c>: what lies in the work tree becomes what is recorded.</summary>
internal static class CommitCommand
{
    public static Command Build(CliHost host)
    {
        var targets = new Argument<string[]>("TARGET") { Description = "Tracked paths, .dvc files or stages (default: all that changed).", Arity = ArgumentArity.ZeroOrMore };
        var force = new Option<bool>("--force", "-f") { Description = "Do not ask, even if a stage's dependencies or command changed since it ran." };
        var recursive = new Option<bool>("--recursive", "-R") { Description = "Everything below the folders." };
        var withDeps = new Option<bool>("--with-deps", "-d") { Description = "Stages upstream of the targets, too." };
        var dataOnly = new Option<bool>("--data-only") { Description = "Only .dvc files, no stages." };
        var relink = new Option<bool>("--relink") { Description = "Make the work tree's links anew." };
        var noRelink = new Option<bool>("--no-relink") { Description = "As without." };
        var command = new Command("commit", "Record what lies in the work tree.") { targets, force, recursive, withDeps, dataOnly, relink, noRelink };
        command.SetProjectAction(host, (parsed, project, cancellationToken) =>
        {
            var commit = new StageCommit(project);
            var written = new SortedSet<string>(StringComparer.Ordinal);
            foreach (Stage stage in new TargetSelection(parsed.GetValue(targets) ?? []) { IsRecursive = parsed.GetValue(recursive), HasDependencies = parsed.GetValue(withDeps) }.Stages(host, project, ProjectIndex.Read(project)))
            {
                if (parsed.GetValue(dataOnly) && stage.Name is not null)
                    continue;
                var status = StageStatus.Read(stage, project, allowsMissing: false, cancellationToken);
                if (!status.IsChanged && parsed.GetValue(targets) is not { Length: > 0 })
                    continue;
                if (!parsed.GetValue(force) && !new CommitQuestion(host, project).MayCommit(stage, status, cancellationToken))
                    continue;
                if (commit.Apply(stage, stores: true, cancellationToken) is { } file)
                    written.Add(file);
                if (parsed.GetValue(relink))
                    new CheckoutRun(project, isForced: false, relinks: true, cancellationToken).Apply([.. stage.Outputs.Select(output => new SelectedOutput(stage, output, ""))], removesUntracked: false);
            }

            GitHint.Write(host, project, written, isQuiet: !project.Config.StagesInGit);
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
