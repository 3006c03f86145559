using System.CommandLine;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary><c>dvc exp run</c>.</summary>
internal static class ExpRunCommand
{
    public static Command Build(CliHost host)
    {
        var selection = new ReproSelection();
        var set = new Option<string[]>("--set-param", "-S") { Description = "[FILE:]KEY=VALUE; several values make several experiments (with --queue).", HelpName = "PARAM", DefaultValueFactory = _ => [] };
        var name = new Option<string?>("--name", "-n") { Description = "Its name (default: one of two words).", HelpName = "NAME" };
        var temp = new Option<bool>("--temp") { Description = "In a work tree of its own." };
        var queue = new Option<bool>("--queue") { Description = "Only queue it." };
        var runAll = new Option<bool>("--run-all") { Description = "Run what is queued." };
        var workers = new Option<int>("--jobs", "-j") { Description = "With --run-all: experiments at once.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<int?> gpus = QueueCommand.Gpus();
        var include = new Option<string[]>("--copy-paths", "-C") { Description = "Untracked files to keep in it.", HelpName = "PATH", DefaultValueFactory = _ => [] };
        var force = new Option<bool>("--force", "-f") { Description = "Replace one of that name, and run what did not change." };
        var message = new Option<string?>("--message", "-m") { Description = "Message of its commit.", HelpName = "TEXT" };
        var settings = new ReproSettings(isExperiment: true);
        var command = new Command("run", "Run an experiment.") { set, name, temp, queue, runAll, workers, gpus, include, force, message };
        selection.AddTo(command);
        settings.AddTo(command);
        command.SetProjectAction(host, async (parsed, project, cancellationToken) =>
        {
            if (project.Config.Flag("hydra", "enabled"))
                throw new DvcException("hydra.enabled is set: parameters would be composed by Hydra, a Python program, which is not done here. Compose them before, and unset it: dvc config hydra.enabled --unset");
            using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            await using var stores = new RemoteStores(project, client);
            ReproOptions options = settings.Read(parsed, project, stores) with { IsForced = parsed.GetValue(force) };
            IStageRunner runner = settings.Runner(parsed, host);
            if (parsed.GetValue(runAll))
                return await new QueueWorkers(host, project, parsed.GetValue(settings.Image), options).RunAsync(parsed.GetValue(workers), parsed.GetValue(gpus), cancellationToken);
            IReadOnlyList<ParamOverrides> sweeps = ParamOverrides.Parse(parsed.GetValue(set) ?? []);
            if (sweeps.Count > 1 && !parsed.GetValue(queue))
                throw new DvcException($"{sweeps.Count} combinations of parameters: several experiments at once need --queue; run them with --run-all");
            var run = new ExperimentRun(project, runner, line => host.Out.Write(line + "\n"));
            string baseline = new ExperimentReferences(project).Head;
            for (int i = 0; i < sweeps.Count; i++)
            {
                string? wanted = parsed.GetValue(name) is { } prefix && sweeps.Count > 1 ? $"{prefix}-{i + 1}" : parsed.GetValue(name);
                var request = new ExperimentRequest { Name = wanted, Overrides = sweeps[i], Selection = selection.Read(parsed, host, project), Message = parsed.GetValue(message), Includes = parsed.GetValue(include) ?? [], IsForced = parsed.GetValue(force) };
                if (parsed.GetValue(queue))
                {
                    await QueueAsync(host, project, run, request, baseline, cancellationToken);
                    continue;
                }

                Experiment done = parsed.GetValue(temp)
                    ? await run.ApartAsync(request, baseline, () => new ExperimentTree(project).Commit(baseline, request.Includes), options, cancellationToken)
                    : await run.InPlaceAsync(request, options, cancellationToken);
                host.Out.Write($"\nRan experiment(s): {done.Name}\n{(parsed.GetValue(temp) ? $"To apply the results of an experiment to your workspace run:\n\n\tdvc exp apply {done.Name}\n" : "Experiment results have been applied to your workspace.\n")}");
                await new ExperimentTransfer(project, line => host.Out.Write(line + "\n"), line => host.Error.Write(line + "\n")).PushMadeAsync(done, cancellationToken);
            }

            return ExitCodes.Success;
        }, isLocked: false);
        return command;
    }

    // The files as they are now, parameters changed, become a commit; the work tree stays as it is.
    private static async Task QueueAsync(CliHost host, DvcProject project, ExperimentRun run, ExperimentRequest request, string baseline, CancellationToken cancellationToken)
    {
        // Until the queue names it, nothing does: whoever collects objects waits.
        using ProjectLock held = await project.LockAsync(cancellationToken);
        string name = run.NameOf(request, baseline);
        using var queue = new ExperimentQueue(project);
        if (queue.Entries().Any(entry => entry.Name == name && entry.State is QueueStates.Queued or QueueStates.Running))
            throw new DvcException($"Experiment '{name}' is in the queue already; give another name");
        string snapshot = QueueSnapshot.Make(project, baseline, request);
        QueueEntry added = queue.Add(name, baseline, snapshot, request.Selection, request.Message ?? "");
        host.Out.Write($"Queued experiment '{added.Name}' for future execution.\n");
    }
}
