using System.CommandLine;
using CmlNet.Dvc.Data;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary><c>dvc exp save|apply|branch|rename|remove|list</c>.</summary>
internal static class ExpReferenceCommands
{
    public static Command Save(CliHost host)
    {
        var name = new Option<string?>("--name", "-n") { Description = "Its name (default: one of two words).", HelpName = "NAME" };
        var force = new Option<bool>("--force", "-f") { Description = "Replace one of that name." };
        var include = new Option<string[]>("--include-untracked", "-I") { Description = "Untracked files to keep in it.", HelpName = "PATH", DefaultValueFactory = _ => [] };
        var command = new Command("save", "Keep the work tree as an experiment.") { name, force, include };
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            var references = new ExperimentReferences(project);
            string baseline = references.Head;
            string[] files = parsed.GetValue(include) ?? [];
            var request = new ExperimentRequest { Name = parsed.GetValue(name), IsForced = parsed.GetValue(force) };
            string chosen = new ExperimentRun(project, StageRunners.Create(null), _ => { }).NameOf(request, baseline);
            Experiment saved = references.Set(baseline, chosen, new ExperimentTree(project).Commit(baseline, files), request.IsForced);
            host.Out.Write($"Experiment has been saved as: {saved.Name}\n");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

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

    public static Command Rename(CliHost host)
    {
        var name = new Argument<string>("EXPERIMENT") { Description = "Name or hash." };
        var other = new Argument<string>("NAME") { Description = "Its new name." };
        var force = new Option<bool>("--force", "-f") { Description = "Replace one of that name." };
        var command = new Command("rename", "Rename an experiment.") { name, other, force };
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            var references = new ExperimentReferences(project);
            Experiment experiment = references.Find(parsed.GetRequiredValue(name));
            string renamed = parsed.GetRequiredValue(other);
            if (renamed == experiment.Name)
                return Task.FromResult(ExitCodes.Success);
            // The new name first: killed in between, it has both.
            references.Set(experiment.Baseline, renamed, experiment.Commit, parsed.GetValue(force));
            references.Remove(experiment);
            host.Out.Write($"Renamed experiment '{experiment.Name}' to '{renamed}'.\n");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    public static Command Remove(CliHost host)
    {
        var names = new Argument<string[]>("EXPERIMENT") { Description = "Names or hashes.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all-commits", "-A") { Description = "Every experiment." };
        var revision = new Option<string?>("--rev") { Description = "Every experiment of this commit.", HelpName = "REV" };
        var queue = new Option<bool>("--queue") { Description = "What waits in the queue." };
        var keep = new Option<bool>("--keep") { Description = "All but the named." };
        var command = new Command("remove", "Remove experiments.") { names, all, revision, queue, keep };
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            var references = new ExperimentReferences(project);
            HashSet<Experiment> named = [.. (parsed.GetValue(names) ?? []).Select(references.Find)];
            IEnumerable<Experiment> group = parsed.GetValue(all) ? references.All() : parsed.GetValue(revision) is { } of ? references.Of(project.Repository?.Commit(of) ?? throw new DvcException($"unknown Git revision '{of}'")) : parsed.GetValue(keep) ? references.Of(references.Head) : [];
            List<Experiment> removed = [.. parsed.GetValue(keep) ? group.Where(experiment => !named.Contains(experiment)) : group.Union(named)];
            if (removed.Count == 0 && !parsed.GetValue(queue) && named.Count == 0 && !parsed.GetValue(keep) && !parsed.GetValue(all))
                throw new DvcException("Either provide an experiment name, or use one of `--all-commits`, `--rev` or `--queue`", DvcException.Usage);
            foreach (Experiment experiment in removed)
                references.Remove(experiment);
            List<string> gone = [.. removed.Select(experiment => experiment.Name)];
            if (parsed.GetValue(queue))
            {
                using var waiting = new ExperimentQueue(project);
                gone.AddRange(waiting.Remove(entry => entry.State == QueueStates.Queued).Select(entry => entry.Name));
            }

            host.Out.Write(gone.Count == 0 ? "No experiments to remove.\n" : $"Removed experiments: {string.Join(", ", gone)}\n");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    public static Command List(CliHost host)
    {
        var remote = new Argument<string?>("GIT_REMOTE") { Description = "Experiments there.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all-commits", "-A") { Description = "Of every commit." };
        var revision = new Option<string?>("--rev") { Description = "Of this commit (default: HEAD).", HelpName = "REV" };
        var onlyNames = new Option<bool>("--name-only", "--names-only") { Description = "Names only." };
        var command = new Command("list", "List experiments.") { remote, all, revision, onlyNames };
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            var references = new ExperimentReferences(project);
            IReadOnlyList<Experiment> found = parsed.GetValue(remote) is { } name ? references.AllAt(name) : references.All();
            string? baseline = parsed.GetValue(all) ? null : parsed.GetValue(revision) is { } named ? project.Repository?.Commit(named) ?? throw new DvcException($"unknown Git revision '{named}'") : references.Head;
            foreach (IGrouping<string, Experiment> group in found.Where(experiment => baseline is null || experiment.Baseline == baseline).GroupBy(experiment => experiment.Baseline, StringComparer.Ordinal))
            {
                if (!parsed.GetValue(onlyNames))
                    host.Out.Write((group.Key == project.Repository?.Commit("HEAD") && project.Repository.Branch() is { } branch ? branch : group.Key[..7]) + ":\n");
                foreach (Experiment experiment in group)
                    host.Out.Write(parsed.GetValue(onlyNames) ? experiment.Name + "\n" : $"\t{experiment.Commit[..7]} [{experiment.Name}]\n");
            }

            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
