using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Fleet;

/// <summary>
/// One runner from its registration to its removal. Every step is in the journal before the next is taken, so that a new
/// daemon goes on where this one was killed; the way back is the same in reverse.
/// </summary>
internal sealed partial class RunnerLife(PoolFleet fleet, RunnerEntry entry)
{
    private static readonly TimeSpan CollectTimeout = TimeSpan.FromMinutes(2);

    private readonly FleetContext _context = fleet.Context;
    private readonly PoolConfiguration _pool = fleet.Pool;
    private readonly UploadWatch _upload = new(fleet.Context.Host as IRunnerInspection);

    public async Task RunAsync()
    {
        string? failure = null;
        RunnerExit? exit = null;
        try
        {
            if (entry.Record.State == RunnerState.Reserved)
                await LaunchAsync();
            else if (entry.Record is { State: RunnerState.Created, ContainerId: { } made })
                await StartAsync(made, entry.Record.RunnerId); // the daemon before was killed here
            if (entry.Record is { State: < RunnerState.Ended, ContainerId: { } container })
                exit = await WatchAsync(container);
            failure = await FindFailureAsync(exit);
        }
        catch (Exception exception) when (exception is EngineException or GitHubException or RunnerConfigurationException or JournalException or IOException)
        {
            failure = exception.Message;
        }
        catch (OperationCanceledException) when (fleet.Registering.IsCancellationRequested)
        {
            failure = "GitHub did not register it before the daemon ended";
        }
        catch (Exception exception)
        {
            // A bug met by one runner must not keep its GPUs for ever.
            FleetLog.Broke(_context.Logger, exception, fleet.Name, entry.Record.Name);
            failure = exception.Message;
        }

        if (failure is not null)
            FleetLog.Failed(_context.Logger, fleet.Name, entry.Record.Name, failure);
        await EndAsync(exit, failure);
        await TellAsync(() => fleet.Judge(entry, failure, exit?.Code == RunnerExit.VersionDeprecated));
        await CleanUpAsync();
        Attempt(() => fleet.Forget(entry));
    }

    private async Task LaunchAsync()
    {
        string name = entry.Record.Name;
        Registration registration = await fleet.Registry.RegisterAsync(name, entry.Record.Labels, fleet.Registering);
        fleet.Update(entry, record => record with { State = RunnerState.Registered, RunnerId = registration.RunnerId });
        var plan = new RunnerPlan { Name = name, Pool = _pool, Gpus = entry.Record.Gpus, RunnerId = registration.RunnerId, JitConfiguration = registration.JitConfiguration };
        string container = await _context.Host.CreateAsync(plan, CancellationToken.None);
        fleet.Update(entry, record => record with { State = RunnerState.Created, ContainerId = container });
        await StartAsync(container, registration.RunnerId);
    }

    private async Task StartAsync(string container, long runnerId)
    {
        await _context.Host.StartAsync(container, CancellationToken.None);
        // It runs, and may have got a job: a journal that cannot be written now must not end it.
        await UpdateAsync(record => record with { State = record.State < RunnerState.Idle ? RunnerState.Idle : record.State, Started = _context.Time.GetUtcNow() });
        FleetLog.Started(_context.Logger, fleet.Name, entry.Record.Name, entry.Record.Gpus.Count == 0 ? "none" : string.Join(", ", entry.Record.Gpus));
        if (fleet.Condition == PoolCondition.Draining)
            await RetireAsync(runnerId);
    }

    private async Task RetireAsync(long runnerId)
    {
        try
        {
            if (await fleet.Registry.RemoveAsync(runnerId, CancellationToken.None))
                entry.RequestStop("the pool is draining");
        }
        catch (Exception exception) when (exception is GitHubException or RunnerConfigurationException)
        {
            // It may have got a job: it stays, until that ends or the pool shrinks again.
            FleetLog.RetireFailed(_context.Logger, fleet.Name, entry.Record.Name, exception.Message);
        }
    }

    private async Task<RunnerExit> WatchAsync(string container)
    {
        using var watching = new CancellationTokenSource();
        Task<RunnerExit> ended = _context.Host.ObserveAsync(container, watching.Token);
        bool isStopping = false, isKnownOnline = false;
        while (!ended.IsCompleted)
        {
            Task changed = entry.Changed;
            RunnerRecord record = entry.Record;
            if (entry.StopReason is { } reason && !isStopping)
            {
                isStopping = true;
                FleetLog.Stopping(_context.Logger, fleet.Name, record.Name, reason);
                await StopAsync(container);
                continue;
            }

            (TimeSpan? left, string why) = Deadline(record, isKnownOnline);
            if (left <= TimeSpan.Zero && !isStopping)
            {
                if (entry.SinceJobEnd is null)
                {
                    bool? isOnline = record.State == RunnerState.Idle ? await IsOnlineAsync(record) : false;
                    isKnownOnline = isOnline == true;
                    if (isOnline == false)
                        entry.RequestStop(why);
                    if (isOnline is not null)
                        continue;
                    left = _context.Times.LongestCleanupRetry; // then it is asked for again
                }
                else if (await _upload.IsSendingAsync(container))
                {
                    left = _context.Times.BetweenUploadLooks; // its log, or its artifacts: then it is looked at again
                }
                else
                {
                    entry.RequestStop(why);
                    continue;
                }
            }

            using var waiting = new CancellationTokenSource();
            Task delay = left is null || isStopping ? Task.Delay(Timeout.InfiniteTimeSpan, _context.Time, waiting.Token) : Task.Delay(left.Value, _context.Time, waiting.Token);
            await Task.WhenAny(ended, changed, delay);
            await waiting.CancelAsync();
        }

        return await ended;
    }

    private (TimeSpan? Left, string Why) Deadline(RunnerRecord record, bool isKnownOnline)
    {
        if (entry.SinceJobEnd is { } since)
            return (_pool.AfterJob - since, $"it was still there {_pool.AfterJob} after its job's end");
        return record.State == RunnerState.Busy
            ? (_pool.JobTimeout is { } limit ? limit - entry.Elapsed : null, $"its job took longer than {_pool.JobTimeout}")
            : (isKnownOnline ? null : _pool.StartTimeout - entry.Elapsed, $"it was not ready {_pool.StartTimeout} after its start");
    }

    // Gone from the list means that it had a job: GitHub takes ephemeral runners off after it. Null when GitHub does not say.
    private async Task<bool?> IsOnlineAsync(RunnerRecord record)
    {
        try
        {
            RegisteredRunner? found = await fleet.Registry.FindAsync(record.Name, CancellationToken.None);
            return found is null or { IsOnline: not false } or { IsBusy: true };
        }
        catch (Exception exception) when (exception is GitHubException or RunnerConfigurationException)
        {
            FleetLog.StateUnknown(_context.Logger, fleet.Name, record.Name, exception.Message);
            return null;
        }
    }

    private async Task StopAsync(string container)
    {
        try
        {
            await _context.Host.StopAsync(container, CancellationToken.None);
        }
        catch (EngineException exception)
        {
            // It is removed by force afterwards; until then its end is waited for.
            FleetLog.Failed(_context.Logger, fleet.Name, entry.Record.Name, exception.Message);
        }
    }

    private async Task<string?> FindFailureAsync(RunnerExit? exit)
    {
        RunnerRecord record = entry.Record;
        if (exit is null)
            return record.State >= RunnerState.Ended || entry.StopReason is not null ? null : "it was never started";
        if (record.RequestId != 0 || record.State == RunnerState.Busy || entry.StopReason is not null || exit.Code == RunnerExit.VersionDeprecated)
            return null;
        // The message about its job may still be on the way; an ephemeral runner that had one is off the list.
        RegisteredRunner? found = await fleet.Registry.FindAsync(record.Name, CancellationToken.None);
        if (found is { IsBusy: true })
            await UpdateAsync(known => known.State < RunnerState.Busy ? known with { State = RunnerState.Busy, Busy = _context.Time.GetUtcNow() } : known); // its job is lost with it
        return found is null or { IsBusy: true } ? null : $"its container ended with {Describe(exit)} before it took a job";
    }

    private async Task EndAsync(RunnerExit? exit, string? failure)
    {
        bool hadJob = entry.Record.RequestId != 0 || entry.Record.State == RunnerState.Busy;
        // A container that is gone, and whose end nobody saw, took its job with it.
        bool isLost = hadJob && !entry.IsCancelled && (exit is { Code: not 0 } || (exit is null && entry.Record.ExitCode is null));
        string note = failure ?? entry.StopReason ?? (isLost ? $"the job was lost: {Describe(exit)}" : "");
        if (entry.Record.State < RunnerState.Ended)
            await UpdateAsync(record => record with { State = RunnerState.Ended, Ended = _context.Time.GetUtcNow(), ExitCode = exit?.Code, Note = note });
        await TellAsync(() => fleet.CountEnded(entry, hasFailed: failure is not null));
        FleetLog.Ended(_context.Logger, fleet.Name, entry.Record.Name, exit is null ? "nothing" : Describe(exit), note.Length == 0 || failure is not null ? "" : $" ({note})"); // a failure was said just before
        _context.Metrics.RunnerEnded(fleet.Name, failure is not null ? "failed" : isLost ? "lost" : hadJob ? "done" : "removed");
        using var limit = new CancellationTokenSource(CollectTimeout, _context.Time);
        foreach (IRunnerEnd end in _context.Ends)
            await CollectAsync(end, isLost, limit.Token);
    }

    // Until it has worked: a GPU is free only when nothing can use it any more.
    private async Task CleanUpAsync()
    {
        await RepeatAsync(async () =>
        {
            await _context.Host.RemoveAsync(entry.Record.Name, CancellationToken.None);
            return true;
        });
        _context.Gpus.Release(entry.Record.Name);
        entry.NoteGone();
        Attempt(() =>
        {
            _context.Board.Share();
            fleet.Grow();
        });
        // Another pool may have waited for its GPUs.
        _context.Wake.Ring();
        await RepeatAsync(async () =>
        {
            // Registered, and killed before that was written down: only the name is known.
            long id = entry.Record.RunnerId != 0 ? entry.Record.RunnerId : (await fleet.Registry.FindAsync(entry.Record.Name, CancellationToken.None))?.Id ?? 0;
            // Busy on GitHub's side until the job's lock lapses.
            return id == 0 || await fleet.Registry.RemoveAsync(id, CancellationToken.None);
        });
        await UpdateAsync(record => record with { State = RunnerState.Removed });
    }

    private static string Describe(RunnerExit? exit) => exit switch
    {
        null or { Code: null } => "its container gone",
        { IsOutOfMemory: true } => $"exit code {exit.Code}, out of memory",
        _ => $"exit code {exit.Code}",
    };
}
