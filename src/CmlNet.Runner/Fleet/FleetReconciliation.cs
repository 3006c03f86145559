using CmlNet.Containers;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Fleet;

/// <summary>Brings what the journal says and what is on the engine together, when the daemon starts: runners that run go on, everything else goes away.</summary>
internal sealed class FleetReconciliation(FleetContext context, IReadOnlyList<PoolFleet> pools)
{
    /// <returns>How many runners go on.</returns>
    /// <exception cref="EngineException">The engine does not tell what it has: nothing was changed.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<HostedRunner> hosted = await context.Host.ListAsync(cancellationToken);
        IReadOnlyList<RunnerRecord> unfinished = context.Journal.FindUnfinished();
        var byName = hosted.ToDictionary(runner => runner.Name, StringComparer.Ordinal);
        int adopted = 0;
        foreach (RunnerRecord record in unfinished)
            adopted += TakeOver(record, byName.GetValueOrDefault(record.Name)) ? 1 : 0;
        var known = unfinished.Select(record => record.Name).ToHashSet(StringComparer.Ordinal);
        foreach (HostedRunner orphan in hosted.Where(runner => !known.Contains(runner.Name)))
            await RemoveAsync(orphan, cancellationToken);
        return adopted;
    }

    private bool TakeOver(RunnerRecord record, HostedRunner? hosted)
    {
        PoolFleet pool = pools.First(candidate => candidate.Name == record.Pool); // one that is no longer configured is there while it has runners
        bool hasContainer = hosted?.ContainerId is not null;
        if (hasContainer)
            context.Gpus.Restore(record.Name, record.Gpus);
        bool isRunning = hosted is { IsRunning: true };
        if (isRunning && !pool.IsRetired)
            FleetLog.Adopted(context.Logger, record.Pool, record.Name);
        else if (isRunning && record.State == RunnerState.Busy)
            FleetLog.Finishes(context.Logger, record.Pool, record.Name);
        bool goesOn = hosted is { HasStarted: true } && record.State < RunnerState.Ended;
        // Everything is in it, and the engine may just be starting it: it is told to once more, which does no harm. What was not
        // finished cannot be started any more, since its configuration is gone with the old daemon.
        bool isMade = hasContainer && !goesOn && record.State == RunnerState.Created && !pool.IsRetired;
        RunnerState state = goesOn ? (record.State == RunnerState.Busy ? RunnerState.Busy : RunnerState.Idle) : isMade ? RunnerState.Created : RunnerState.Ended;
        pool.Adopt(record with
        {
            State = state,
            ContainerId = hosted?.ContainerId ?? record.ContainerId,
            Started = record.Started ?? (goesOn ? record.Created : null),
            Ended = record.Ended ?? (state == RunnerState.Ended ? context.Time.GetUtcNow() : null),
        });
        return isRunning;
    }

    private async Task RemoveAsync(HostedRunner orphan, CancellationToken cancellationToken)
    {
        try
        {
            await context.Host.RemoveAsync(orphan.Name, cancellationToken);
            IRunnerRegistry? registry = pools.FirstOrDefault(pool => pool.Name == orphan.Pool)?.Registry;
            if (registry is not null && await registry.FindAsync(orphan.Name, cancellationToken) is { } found)
                await registry.RemoveAsync(found.Id, cancellationToken);
            FleetLog.OrphanRemoved(context.Logger, orphan.Name, "nobody knows it");
        }
        catch (Exception exception) when (exception is EngineException or GitHubException)
        {
            // One bad runner does not stop the sweep; the next start tries again.
            FleetLog.CleanupFailed(context.Logger, orphan.Pool, orphan.Name, exception.Message);
        }
    }
}
