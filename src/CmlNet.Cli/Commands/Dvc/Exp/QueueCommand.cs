using System.CommandLine;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Reports.Tables;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary><c>dvc queue start|stop|status|logs|kill|remove</c>.</summary>
internal static class QueueCommand
{
    public static Command Build(CliHost host) => new("queue", "Work with queued experiments.") { Start(host), Stop(host), Status(host), QueueLogsCommand.Build(host), Kill(host), Remove(host) };

    /// <summary>How many GPUs of its own an experiment gets.</summary>
    public static Option<int?> Gpus() => new("--gpus") { Description = "GPUs of its own for each experiment (default: as many as there are for each job; 0 leaves all to all).", HelpName = "N" };

    /// <summary>How many experiments run at once.</summary>
    public static Option<int> Jobs() => new("--jobs", "-j") { Description = "Experiments at once.", HelpName = "N", DefaultValueFactory = _ => 1 };

    private static Command Start(CliHost host)
    {
        Option<int> jobs = Jobs();
        Option<int?> gpus = Gpus();
        var wait = new Option<bool>("--wait") { Description = "Work here, show what runs, and return when nothing waits or runs." };
        var command = new Command("start", "Run what is queued, until nothing waits: in the background, unless --wait is given.") { jobs, gpus, wait };
        command.SetProjectAction(host, (parsed, project, cancellationToken) => parsed.GetValue(wait)
            ? new QueueWorkers(host, project, null, new ReproOptions()).RunAsync(parsed.GetValue(jobs), parsed.GetValue(gpus), cancellationToken)
            : BackgroundWorkers.StartAsync(host, project, parsed.GetValue(jobs), parsed.GetValue(gpus), cancellationToken), isLocked: false);
        return command;
    }

    private static Command Stop(CliHost host)
    {
        var kill = new Option<bool>("--kill") { Description = "End what runs, too." };
        var command = new Command("stop", "Let what runs end, and begin nothing further.") { kill };
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            using var queue = new ExperimentQueue(project);
            queue.Stop();
            if (parsed.GetValue(kill))
                queue.Kill(_ => true);
            host.Out.Write("Queue workers stop after their current experiments.\n");
            return Task.FromResult(ExitCodes.Success);
        }, isLocked: false);
        return command;
    }

    private static Command Status(CliHost host)
    {
        var command = new Command("status", "Show what waits, runs and ran, and how many workers there are.");
        command.SetProjectAction(host, (_, project, _) =>
        {
            using var queue = new ExperimentQueue(project);
            int workers = queue.CountWorkers();
            IReadOnlyList<QueueEntry> entries = queue.Entries();
            bool withGpus = entries.Any(entry => entry.Gpus.Count > 0);
            host.Out.Write(entries.Count == 0 ? "No experiment tasks in the queue.\n" : new TextTable(
                ["Task", "Name", "Created", "Status", .. withGpus ? (string[])["GPU"] : []],
                [.. entries.Select(entry => (IReadOnlyList<string>)[entry.Id[..7], entry.Name, ExperimentQueue.CreatedText(entry), entry.State, .. withGpus ? (string[])[string.Join(',', entry.Gpus)] : []])]).Plain());
            int active = Math.Min(workers, entries.Count(entry => entry.State == QueueStates.Running));
            host.Out.Write($"\nWorker status: {active} active, {workers - active} idle\n");
            return Task.FromResult(ExitCodes.Success);
        }, isLocked: false);
        return command;
    }

    private static Command Kill(CliHost host)
    {
        var tasks = new Argument<string[]>("TASK") { Description = "Names or ids.", Arity = ArgumentArity.OneOrMore };
        var force = new Option<bool>("--force", "-f") { Description = "As DVC takes it; commands are killed in any case." };
        var command = new Command("kill", "End experiments that run; they count as failed.") { tasks, force };
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            using var queue = new ExperimentQueue(project);
            List<QueueEntry> meant = [.. parsed.GetRequiredValue(tasks).Select(queue.Find)];
            HashSet<string> ids = [.. queue.Kill(entry => meant.Exists(other => other.Id == entry.Id)).Select(entry => entry.Id)];
            if (meant.Find(entry => !ids.Contains(entry.Id)) is { } other)
                throw new DvcException($"'{other.Name}' does not run (it is {other.State.ToLowerInvariant()}){(other.State == QueueStates.Queued ? "; take it out with: dvc queue remove " + other.Name : "")}");
            host.Out.Write($"{string.Join(", ", meant.Select(entry => entry.Name))} will be killed.\n");
            return Task.FromResult(ExitCodes.Success);
        }, isLocked: false);
        return command;
    }

    private static Command Remove(CliHost host)
    {
        var tasks = new Argument<string[]>("TASK") { Description = "Names or ids.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Everything that does not run." };
        var queued = new Option<bool>("--queued") { Description = "What waits." };
        var success = new Option<bool>("--success") { Description = "What succeeded." };
        var failed = new Option<bool>("--failed") { Description = "What failed." };
        var command = new Command("remove", "Take entries out of the queue.") { tasks, all, queued, success, failed };
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            if (parsed.GetValue(tasks) is not { Length: > 0 } && !parsed.GetValue(all) && !parsed.GetValue(queued) && !parsed.GetValue(success) && !parsed.GetValue(failed))
                throw new DvcException("say which: names or ids, or `--all`, `--queued`, `--success`, `--failed`", DvcException.Usage);
            using var queue = new ExperimentQueue(project);
            HashSet<string> ids = [.. (parsed.GetValue(tasks) ?? []).Select(name => queue.Find(name).Id)];
            IReadOnlyList<QueueEntry> removed = queue.Remove(entry => ids.Contains(entry.Id) || parsed.GetValue(all) || entry.State switch
            {
                QueueStates.Queued => parsed.GetValue(queued),
                QueueStates.Success => parsed.GetValue(success),
                QueueStates.Failed => parsed.GetValue(failed),
                _ => false,
            });
            if (removed.Count > 0)
                host.Out.Write($"Removed tasks in queue: {string.Join(", ", removed.Select(entry => entry.Name))}\n");
            return Task.FromResult(ExitCodes.Success);
        }, isLocked: false);
        return command;
    }
}
