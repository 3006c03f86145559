using System.CommandLine;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Pipelines;
using CmlNet.Reports.Tables;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary><c>dvc queue start|stop|status|logs|remove</c>.</summary>
internal static class QueueCommand
{
    public static Command Build(CliHost host) => new("queue", "Work with queued experiments.") { Start(host), Stop(host), Status(host), Logs(host), Remove(host) };

    private static Command Start(CliHost host)
    {
        var jobs = new Option<int>("--jobs", "-j") { Description = "Experiments at once.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var command = new Command("start", "Run what is queued, until nothing waits.") { jobs };
        command.SetProjectAction(host, (parsed, project, cancellationToken) => new QueueWorkers(host, project, StageRunners.Create(null, host), new ReproOptions()).RunAsync(parsed.GetValue(jobs), cancellationToken), isLocked: false);
        return command;
    }

    private static Command Stop(CliHost host)
    {
        var command = new Command("stop", "Let what runs end, and begin nothing further.");
        command.SetProjectAction(host, (_, project, _) =>
        {
            string file = QueueWorkers.StopFile(project);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!); // a file has a folder
            File.WriteAllText(file, "");
            host.Out.Write("Queue workers stop after their current experiments.\n");
            return Task.FromResult(ExitCodes.Success);
        }, isLocked: false);
        return command;
    }

    private static Command Status(CliHost host)
    {
        var command = new Command("status", "Show what waits, runs and ran.");
        command.SetProjectAction(host, (_, project, _) =>
        {
            IReadOnlyList<QueueEntry> entries = new ExperimentQueue(project).Entries();
            host.Out.Write(entries.Count == 0 ? "No experiment tasks in the queue.\n" : new TextTable(["Task", "Name", "Created", "Status"], [.. entries.Select(entry => (IReadOnlyList<string>)[entry.Id[..7], entry.Name, ExperimentQueue.CreatedText(entry), entry.State])]).Plain());
            return Task.FromResult(ExitCodes.Success);
        }, isLocked: false);
        return command;
    }

    private static Command Logs(CliHost host)
    {
        var task = new Argument<string>("TASK") { Description = "Name or id." };
        var command = new Command("logs", "Print what an experiment said.") { task };
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            var queue = new ExperimentQueue(project);
            QueueEntry entry = queue.Find(parsed.GetRequiredValue(task));
            string log = queue.LogOf(entry.Id);
            host.Out.Write((File.Exists(log) ? File.ReadAllText(log) : "") + (entry.Error.Length > 0 ? $"ERROR: {entry.Error}\n" : ""));
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
            string[] names = parsed.GetValue(tasks) ?? [];
            var queue = new ExperimentQueue(project);
            HashSet<string> ids = [.. names.Select(name => queue.Find(name).Id)];
            IReadOnlyList<QueueEntry> removed = queue.Remove(entry => ids.Contains(entry.Id) || parsed.GetValue(all) || (parsed.GetValue(queued) && entry.State == "Queued") || (parsed.GetValue(success) && entry.State == "Success") || (parsed.GetValue(failed) && entry.State == "Failed"));
            if (removed.Count > 0)
                host.Out.Write($"Removed tasks in queue: {string.Join(", ", removed.Select(entry => entry.Name))}\n");
            return Task.FromResult(ExitCodes.Success);
        }, isLocked: false);
        return command;
    }
}
