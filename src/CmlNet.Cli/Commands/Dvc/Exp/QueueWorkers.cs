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

    /// <summary>Adds workers in this process, and returns when nothing waits or runs, here or elsewhere.</summary>
    /// <param name="workers">Experiments at once.</param>
    /// <param name="gpus">For each experiment; null for as many as there are for each worker.</param>
    /// <param name="cancellationToken">Ends what runs; it waits again.</param>
    /// <returns>Whether all that ended meanwhile succeeded, as an exit code.</returns>
    public async Task<int> RunAsync(int workers, int? gpus, CancellationToken cancellationToken)
    {
        QueueGpus shared = await QueueGpus.ReadAsync(gpus, workers, host, cancellationToken);
        using var queue = new ExperimentQueue(project);
        HashSet<string> before = [.. Failed(queue)];
        int failed = await RunAsync(queue, queue.Join(workers, isTotal: false), shared, awaitsOthers: true, cancellationToken);
        return failed == 0 && Failed(queue).All(before.Contains) ? ExitCodes.Success : ExitCodes.Failure;
    }

    /// <summary>Adds as many workers in this process as are missing, and returns when these find nothing that waits.</summary>
    /// <param name="workers">Experiments at once, in all processes.</param>
    /// <param name="gpus">As above.</param>
    /// <param name="begun">Told how many were added, before they begin.</param>
    /// <param name="cancellationToken">As above.</param>
    public async Task WorkAsync(int workers, int? gpus, Action<int> begun, CancellationToken cancellationToken)
    {
        QueueGpus shared = await QueueGpus.ReadAsync(gpus, workers, host, cancellationToken);
        using var queue = new ExperimentQueue(project);
        IReadOnlyList<IDisposable> joined = queue.Join(workers, isTotal: true);
        begun(joined.Count);
        await RunAsync(queue, joined, shared, awaitsOthers: false, cancellationToken);
    }

    private static IEnumerable<string> Failed(ExperimentQueue queue) => queue.Entries().Where(entry => entry.State == QueueStates.Failed).Select(entry => entry.Id);

    private async Task<int> RunAsync(ExperimentQueue queue, IReadOnlyList<IDisposable> workers, QueueGpus gpus, bool awaitsOthers, CancellationToken cancellationToken)
    {
        await using QueueProgress progress = QueueProgress.Create(host, queue);
        int[] failed = await Task.WhenAll(workers.Select(worker => WorkAsync(queue, worker, gpus, progress, awaitsOthers, cancellationToken)));
        return failed.Sum();
    }

    private async Task<int> WorkAsync(ExperimentQueue queue, IDisposable worker, QueueGpus gpus, QueueProgress progress, bool awaitsOthers, CancellationToken cancellationToken)
    {
        await Task.Yield();
        using IDisposable own = worker;
        int failed = 0;
        while (true)
        {
            if (queue.Take(gpus.Each > 0 ? gpus.Place : null) is not { } taken)
            {
                // Another process may have the GPUs that what waits is to have.
                if (queue.TryLeave(worker, awaitsOthers))
                    return failed;
                await Task.Delay(Pause, host.Time, cancellationToken);
                continue;
            }

            using IDisposable hold = taken.Hold;
            string? error = await RunAsync(queue, taken.Entry, progress, cancellationToken);
            failed += error is null ? 0 : 1;
            queue.Finish(taken.Entry, error);
            progress.Say(error is null ? $"Ran experiment(s): {taken.Entry.Name}" : $"Failed experiment: {taken.Entry.Name}: {error}");
        }
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
            Experiment made = await run.ApartAsync(request, entry.Baseline, () => entry.Snapshot, options, killed.Token);
            await new ExperimentTransfer(project, log.Write, log.Write).PushMadeAsync(made, killed.Token);
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
