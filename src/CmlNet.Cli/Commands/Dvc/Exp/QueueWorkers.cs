using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Values;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary>Runs what is queued, several at once, until nothing waits.</summary>
/// <param name="host">Surroundings.</param>
/// <param name="project">The user's project.</param>
/// <param name="image">For every stage; null for those that name one themselves.</param>
/// <param name="options">How stages are run.</param>
internal sealed class QueueWorkers(CliHost host, DvcProject project, string? image, ReproOptions options)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <param name="workers">Experiments at once.</param>
    /// <param name="gpus">For each experiment; null for as many as there are for each worker.</param>
    /// <param name="cancellationToken">Ends what runs; it waits again.</param>
    public async Task<int> RunAsync(int workers, int? gpus, CancellationToken cancellationToken)
    {
        if (workers < 1)
            throw new DvcException($"--jobs must be at least 1, not {workers}", DvcException.Usage);
        QueueGpus shared = await QueueGpus.ReadAsync(gpus, workers, host, cancellationToken);
        using var queue = new ExperimentQueue(project);
        File.Delete(StopFile(project));
        await using QueueProgress progress = QueueProgress.Create(host, queue);
        int[] failed = await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync(queue, shared, progress, cancellationToken)));
        return failed.Sum() == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    /// <summary>While it is there, no further experiment is begun.</summary>
    public static string StopFile(DvcProject project) => Path.Combine(ExperimentQueue.FolderOf(project), "stop");

    private async Task<int> WorkAsync(ExperimentQueue queue, QueueGpus gpus, QueueProgress progress, CancellationToken cancellationToken)
    {
        await Task.Yield();
        int failed = 0;
        while (!File.Exists(StopFile(project)))
        {
            if (queue.Take(gpus.Each > 0 ? gpus.Place : null) is not { } taken)
            {
                // Another process may have the GPUs that what waits is to have.
                if (gpus.Each == 0 || !queue.Entries().Any(entry => entry.State == QueueStates.Queued))
                    break;
                await Task.Delay(Pause, host.Time, cancellationToken);
                continue;
            }

            using IDisposable hold = taken.Hold;
            string? error = await RunAsync(queue, taken.Entry, progress, cancellationToken);
            failed += error is null ? 0 : 1;
            queue.Finish(taken.Entry, error);
            progress.Say(error is null ? $"Ran experiment(s): {taken.Entry.Name}" : $"Failed experiment: {taken.Entry.Name}: {error}");
        }

        return failed;
    }

    private async Task<string?> RunAsync(ExperimentQueue queue, QueueEntry entry, QueueProgress progress, CancellationToken cancellationToken)
    {
        using var killed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var log = new QueueLog(queue.LogOf(entry.Id), line => progress.Tell(entry, line));
        using var ended = new CancellationTokenSource();
        Task watch = WatchAsync(queue, entry.Id, killed, ended.Token);
        try
        {
            var surroundings = new StageSurroundings { Output = log.Write, Gpus = entry.Gpus };
            var run = new ExperimentRun(project, StageRunners.Create(image, surroundings), log.Write);
            var request = new ExperimentRequest { Name = entry.Name, Selection = StageSelection.Parse(entry.Targets), Message = entry.Message.Length == 0 ? null : entry.Message, IsForced = true };
            await run.ApartAsync(request, entry.Baseline, () => entry.Snapshot, options, killed.Token);
            return null;
        }
        catch (Exception e) when (e is DvcException or DvcFormatException or IOException or UnauthorizedAccessException)
        {
            return e.Message; // it has failed: waiting again, it would fail again
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "it was killed";
        }
        finally
        {
            await ended.CancelAsync();
            await watch;
        }
    }

    private async Task WatchAsync(ExperimentQueue queue, string id, CancellationTokenSource killed, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            if (queue.IsKilled(id))
            {
                await killed.CancelAsync();
                return;
            }

            await Task.Delay(Pause, host.Time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
