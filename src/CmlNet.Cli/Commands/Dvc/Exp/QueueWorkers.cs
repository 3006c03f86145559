using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary>Runs what is queued, several at once, until nothing waits.</summary>
internal sealed class QueueWorkers(CliHost host, DvcProject project, IStageRunner runner, ReproOptions options)
{
    private readonly ExperimentQueue _queue = new(project);
    private readonly Lock _output = new();

    public async Task<int> RunAsync(int workers, CancellationToken cancellationToken)
    {
        if (workers < 1)
            throw new DvcException($"--jobs must be at least 1, not {workers}", DvcException.Usage);
        string stop = StopFile(project);
        File.Delete(stop);
        int[] failed = await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync(stop, cancellationToken)));
        return failed.Sum() == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    /// <summary>While it is there, no further experiment is begun.</summary>
    public static string StopFile(DvcProject project) => Path.Combine(project.DvcFolder, "tmp", "exps", "cml-queue", "stop");

    private async Task<int> WorkAsync(string stop, CancellationToken cancellationToken)
    {
        await Task.Yield();
        int failed = 0;
        while (!File.Exists(stop) && Take() is { } taken)
        {
            using IDisposable hold = taken.Hold;
            string? error = null;
            try
            {
                await using StreamWriter log = File.CreateText(_queue.LogOf(taken.Entry.Id));
                var run = new ExperimentRun(project, runner, line =>
                {
                    lock (_output)
                        log.WriteLine(line);
                });
                await run.ApartAsync(new ExperimentRequest { Name = taken.Entry.Name, Targets = taken.Entry.Targets, IsForced = true }, taken.Entry.Baseline, taken.Entry.Snapshot, options, cancellationToken);
            }
            catch (DvcException e)
            {
                error = e.Message;
                failed++;
            }

            _queue.Finish(taken.Entry, error);
            Say(error is null ? $"Ran experiment(s): {taken.Entry.Name}" : $"Failed experiment: {taken.Entry.Name}: {error}");
        }

        return failed;
    }

    private (QueueEntry Entry, IDisposable Hold)? Take()
    {
        lock (_output)
            return _queue.Take();
    }

    private void Say(string line)
    {
        lock (_output)
            host.Out.Write(line + "\n");
    }
}
