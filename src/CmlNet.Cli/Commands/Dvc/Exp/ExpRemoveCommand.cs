using System.CommandLine;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Project;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary><c>dvc exp remove</c> and <c>rename</c>, here or at a git remote.</summary>
internal static class ExpRemoveCommand
{
    public static Command Build(CliHost host)
    {
        var names = new Argument<string[]>("EXPERIMENT") { Description = "Names or hashes.", Arity = ArgumentArity.ZeroOrMore };
        var queue = new Option<bool>("--queue") { Description = "What waits in the queue." };
        var keep = new Option<bool>("--keep") { Description = "All but the named." };
        Option<string?> remote = Remote();
        var baselines = new ExpBaselines();
        var command = new Command("remove", "Remove experiments.") { names, queue, keep, remote };
        baselines.AddTo(command);
        command.Aliases.Add("rm");
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            if (!baselines.IsAny(parsed) && !parsed.GetValue(keep) && !parsed.GetValue(queue) && parsed.GetValue(names) is not { Length: > 0 })
                throw new DvcException("nothing was named; give experiments, or --rev, --all-commits or --queue", DvcException.Usage);
            var references = new ExperimentReferences(project);
            string? where = parsed.GetValue(remote);
            IReadOnlyList<Experiment> all = where is null ? references.All() : references.AllAt(where);
            HashSet<Experiment> named = [.. (parsed.GetValue(names) ?? []).Select(name => references.Find(name, all))];
            bool isGroup = baselines.IsAny(parsed) || parsed.GetValue(keep);
            IReadOnlyList<Experiment> group = isGroup ? baselines.Of(all, parsed, project, references) : [];
            List<Experiment> removed = [.. parsed.GetValue(keep) ? group.Where(experiment => !named.Contains(experiment)) : group.Concat(named).Distinct()];
            if (where is not null && removed.Count > 0)
                references.Transfer(where, [.. removed.Select(experiment => ":" + experiment.Reference)], isPush: true);
            foreach (Experiment experiment in where is null ? removed : [])
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

    public static Command Rename(CliHost host)
    {
        var name = new Argument<string>("EXPERIMENT") { Description = "Name or hash." };
        var other = new Argument<string>("NAME") { Description = "Its new name." };
        var force = new Option<bool>("--force", "-f") { Description = "Replace one of that name." };
        Option<string?> remote = Remote();
        var command = new Command("rename", "Rename an experiment.") { name, other, force, remote };
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            var references = new ExperimentReferences(project);
            string renamed = parsed.GetRequiredValue(other);
            string? where = parsed.GetValue(remote);
            Experiment experiment = references.Find(parsed.GetRequiredValue(name), where is null ? references.All() : references.AllAt(where));
            if (renamed == experiment.Name)
                return Task.FromResult(ExitCodes.Success);
            if (where is not null)
            {
                references.RenameAt(where, experiment, renamed, parsed.GetValue(force));
            }
            else
            {
                // The new name first: killed in between, it has both.
                references.Set(experiment.Baseline, renamed, experiment.Commit, parsed.GetValue(force));
                references.Remove(experiment);
            }

            host.Out.Write($"Renamed experiment '{experiment.Name}' to '{renamed}'.\n");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static Option<string?> Remote() => new("--git-remote", "-g") { Description = "There, and not here.", HelpName = "GIT_REMOTE" };
}
