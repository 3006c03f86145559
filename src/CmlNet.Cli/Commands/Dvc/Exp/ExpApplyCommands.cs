using System.CommandLine;
using CmlNet.Dvc.Data;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary><c>dvc exp apply|branch</c>.</summary>
internal static class ExpApplyCommands
{
    public static Command Apply(CliHost host)
    {
        var name = new Argument<string>("EXPERIMENT") { Description = "Name or hash." };
        var command = new Command("apply", "Put an experiment's files and data into the work tree.") { name };
        command.SetProjectAction(host, (parsed, project, cancellationToken) =>
        {
            Experiment experiment = new ExperimentReferences(project).Find(parsed.GetRequiredValue(name));
            var tree = new ExperimentTree(project);
            if (tree.Keep(experiment.Commit) is not null)
                host.Error.Write($"What was not committed is kept in {ExperimentTree.KeptReference}; get it back with: git restore --source={ExperimentTree.KeptReference} -- :/\n");
            tree.Apply(experiment.Commit);
            var run = new CheckoutRun(project, isForced: false, relinks: false, cancellationToken);
            run.Apply(ProjectIndex.Read(project).Select([]), removesUntracked: true);
            if (run.Missing.Count > 0)
                throw new DvcException($"the files of '{experiment.Name}' were applied, but its data is not in the cache: {string.Join(", ", run.Missing)}. Get it with: dvc pull");
            host.Out.Write($"Changes for experiment '{experiment.Name}' have been applied to your current workspace.\n");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    public static Command Branch(CliHost host)
    {
        var name = new Argument<string>("EXPERIMENT") { Description = "Name or hash." };
        var branch = new Argument<string?>("BRANCH") { Description = "Its name (default: the experiment's and -branch).", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("branch", "Make a branch of an experiment.") { name, branch };
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            Experiment experiment = new ExperimentReferences(project).Find(parsed.GetRequiredValue(name));
            string chosen = parsed.GetValue(branch) ?? experiment.Name + "-branch";
            GitRepository repository = project.Repository!; // Find looked
            if (chosen.StartsWith('-') || repository.Commit("refs/heads/" + chosen) is not null || !repository.MakeBranch(chosen, experiment.Commit))
                throw new DvcException($"the branch '{chosen}' cannot be made: it is there already, or is no name for a branch");
            host.Out.Write($"Git branch '{chosen}' has been created from experiment '{experiment.Name}'.\nTo switch to the new branch run:\n\n\tgit checkout {chosen}\n");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
