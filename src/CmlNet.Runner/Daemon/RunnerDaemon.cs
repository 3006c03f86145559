using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Control;
using CmlNet.Runner.Daemon.Memory;
using CmlNet.Runner.Daemon.Preemption;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Fleet.Gpus;
using CmlNet.Runner.Fleet.Retired;
using CmlNet.Runner.Journal;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Daemon;

/// <summary>The daemon: composes its parts, starts their loops, and ends them in order.</summary>
internal sealed class RunnerDaemon(RunnerConfiguration configuration, DaemonSurroundings surroundings)
{
    /// <summary>The reason to end that is a signal's.</summary>
    public const string ToldToEnd = "told to end";

    private const int MostProbes = 3;

    private readonly ILogger _logger = surroundings.Loggers.CreateLogger("CmlNet.Runner.Daemon");
    private readonly PreemptionWatch _preemption = new(configuration.Preemption, surroundings.Time);
    private readonly Supervisor _supervisor = new(surroundings.Times, surroundings.Time, surroundings.Loggers.CreateLogger("CmlNet.Runner.Daemon"));

    /// <summary>Runs until told to end, or until there is nothing left to do.</summary>
    /// <param name="drain">Cancelled at the first signal: no more jobs are taken, running ones may finish.</param>
    /// <param name="cancel">Cancelled at the second: running jobs are cancelled.</param>
    /// <returns>Why it ended.</returns>
    public async Task<string> RunAsync(CancellationToken drain, CancellationToken cancel)
    {
        using var held = DaemonLock.Take(configuration.DataDirectory);
        using SqliteJournal journal = SqliteJournal.Open(configuration.DataDirectory, surroundings.Time);
        using var services = new RunnerServices(configuration, surroundings, journal);
        IContainerEngine engine = surroundings.Engine ?? ContainerServices.Resolve(configuration.Engine, new EngineContext { Time = surroundings.Time, Loggers = surroundings.Loggers, Variable = surroundings.Variable });
        using var ended = new CancellationTokenSource();
        var parts = DaemonParts.Create(configuration, surroundings, journal, services, engine, ended.Token);
        EngineInfo info = await ProbeAsync(engine, drain);
        await parts.GpuWatch.LookAsync(drain);
        foreach (string unknown in GpuProbe.FindUnknown(configuration.Gpus, parts.Context.Gpus.All.Select(entry => entry.Gpu)))
            FleetLog.ExclusionUnknown(_logger, unknown);
        DaemonControl.Restore(parts.Pools, journal, _logger);
        int adopted = await new FleetReconciliation(parts.Context, parts.Pools).RunAsync(drain);
        DaemonLog.Started(_logger, surroundings.Version, configuration.Scope.ToString(), configuration.Name, configuration.Pools.Count, parts.Context.Gpus.All.Count, $"{info.Name} {info.Version} at {info.Endpoint}");
        if (adopted > 0)
            DaemonLog.Adopted(_logger, adopted);
        await using var servers = await DaemonServers.StartAsync(configuration, surroundings, parts, services, engine);
        SystemdNotification.Send("READY=1\nSTATUS=Taking jobs", surroundings.Variable);
        surroundings.OnEvent?.Invoke(new DaemonEvent("ready"));
        using var stop = new CancellationTokenSource();
        Task[] loops = [.. Loops(parts, services, engine, stop.Token)];
        string reason = await WaitForEndAsync(parts, drain);
        await EndAsync(parts, reason, cancel);
        if (reason != ToldToEnd)
            await FlushAsync(parts, cancel);
        await stop.CancelAsync();
        await Task.WhenAll(loops);
        await ended.CancelAsync();
        foreach (PoolFleet pool in parts.Pools)
            pool.Dispose();
        DaemonLog.Ended(_logger, reason);
        return reason;
    }

    // An engine that is just starting takes connections before it answers, or has no socket for a moment.
    private async Task<EngineInfo> ProbeAsync(IContainerEngine engine, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await engine.ProbeAsync(cancellationToken);
            }
            catch (EngineException exception) when (exception.Kind is EngineErrorKind.Unreachable or EngineErrorKind.Lost && attempt < MostProbes)
            {
                DaemonLog.EngineAway(_logger, exception.Message);
            }

            await Task.Delay(surroundings.Times.BetweenProbes, surroundings.Time, cancellationToken);
        }
    }

    private IEnumerable<Task> Loops(DaemonParts parts, RunnerServices services, IContainerEngine engine, CancellationToken stop)
    {
        var memory = new MemoryTrim(parts.Pools, parts.Garbage, surroundings.Time, _logger);
        var disk = new DiskWatch(configuration.Disk, parts.Context, engine, configuration.Caches, _logger);
        yield return _supervisor.RepeatAsync("the look at the GPUs", configuration.Gpus.Interval, parts.GpuWatch.LookAsync, stop);
        yield return _supervisor.RepeatAsync("the look at the disk", surroundings.Times.DiskCheck, disk.LookAsync, stop);
        yield return _supervisor.RepeatAsync("the look at the pools", parts.Context.Wake, _ => Task.FromResult(Tick(parts)), stop);
        yield return _supervisor.RepeatAsync("the outbox", parts.OutboxWake, async token => Shorter(await parts.Outbox.RunOnceAsync(token), surroundings.Times.OutboxTick), stop);
        yield return _supervisor.RepeatAsync("the look at memory", surroundings.Times.MemoryCheck, memory.LookAsync, stop);
        yield return _supervisor.RepeatAsync("measuring", surroundings.Times.Sampling, parts.Sampler.SampleAsync, stop);
        yield return _supervisor.RepeatAsync("forgetting", TimeSpan.FromHours(1), _ => Task.Run(() => parts.Context.Journal.Forget(surroundings.Time.GetUtcNow() - surroundings.Times.Memory), stop), stop);
        if (SystemdNotification.FindWatchdog(surroundings.Variable) is { } watchdog)
            yield return _supervisor.RepeatAsync("the watchdog", watchdog, _ => Task.FromResult(Live(parts)), stop);
        foreach ((string name, Func<CancellationToken, Task> loop) in _preemption.Loops())
            yield return _supervisor.RunAsync(name, loop, stop);
        foreach (PoolFleet pool in parts.Pools.Where(pool => pool.IsRetired))
        {
            var retired = new RetiredPool(pool, services.CreateSource(pool, (RetiredRegistry)pool.Registry), surroundings.Times);
            yield return _supervisor.RunAsync($"finishing pool {pool.Name}", retired.RunAsync, stop);
        }

        foreach (PoolFleet pool in parts.Pools.Where(pool => !pool.IsRetired))
        {
            yield return _supervisor.RunAsync($"preparing pool {pool.Name}", token => PrepareAsync(pool, parts, services, engine, token), stop);
            yield return _supervisor.RunAsync($"looking for old runners of pool {pool.Name}", token => new RegistrationSweep(parts.Context).RunAsync(pool, token), stop);
            yield return _supervisor.RunAsync($"listening for pool {pool.Name}", token => services.CreateSource(pool).RunAsync(pool, token), stop);
        }
    }

    // Only who can still look at every pool is alive.
    private int Live(DaemonParts parts)
    {
        int runners = parts.Pools.Sum(pool => pool.Runners.Count);
        SystemdNotification.Send("WATCHDOG=1", surroundings.Variable);
        return runners;
    }

    // Until the next look: one of the rests may be over before its time.
    private TimeSpan Tick(DaemonParts parts)
    {
        foreach (PoolFleet pool in parts.Pools)
            pool.Grow();
        parts.Context.Board.Share();
        TimeSpan[] rests = [.. parts.Pools.Select(pool => pool.RestLeft).Where(rest => rest > TimeSpan.Zero)];
        return rests.Length == 0 ? surroundings.Times.Tick : Shorter(rests.Min() + TimeSpan.FromMilliseconds(1), surroundings.Times.Tick);
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private async Task PrepareAsync(PoolFleet pool, DaemonParts parts, RunnerServices services, IContainerEngine engine, CancellationToken cancellationToken)
    {
        try
        {
            await new PoolPreparation(engine, services.Releases, services.Scope.IsHosted, parts.Id, surroundings.Time, _logger).PrepareAsync(pool.Pool, configuration.Gpus.ByVariable, cancellationToken);
            surroundings.OnEvent?.Invoke(new DaemonEvent(DaemonEvent.PoolReady)); // before any of its jobs
            pool.Prepare(null);
        }
        catch (Exception exception) when (exception is EngineException or RunnerConfigurationException)
        {
            pool.Prepare(exception.Message);
            throw;
        }
    }

    private async Task<string> WaitForEndAsync(DaemonParts parts, CancellationToken drain)
    {
        var idle = new IdleWatch(configuration.Idle, surroundings.Time);
        try
        {
            while (true)
            {
                if (idle.FindReason(parts) is { } reason)
                    return reason;
                await Task.WhenAny(_preemption.Noticed, Task.Delay(idle.Pause, surroundings.Time, drain));
                drain.ThrowIfCancellationRequested();
                if (_preemption.Noticed.IsCompletedSuccessfully)
                    return await _preemption.Noticed;
            }
        }
        catch (OperationCanceledException) when (drain.IsCancellationRequested)
        {
            return ToldToEnd;
        }
    }

    private async Task EndAsync(DaemonParts parts, string reason, CancellationToken cancel)
    {
        SystemdNotification.Send("STOPPING=1\nSTATUS=Waiting for running jobs", surroundings.Variable);
        int busy = parts.Pools.Sum(pool => pool.Runners.Count(runner => runner.State == RunnerState.Busy));
        bool isPreempted = reason.StartsWith(PreemptionWatch.Prefix, StringComparison.Ordinal);
        TimeSpan patience = isPreempted ? configuration.Preemption.Grace : configuration.DrainTimeout;
        DaemonLog.Draining(_logger, reason, busy, patience);
        var end = new FleetEnd(_supervisor, surroundings.Times, surroundings.Time, _logger);
        using (var limit = new CancellationTokenSource(patience, surroundings.Time))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel))
        {
            if (await end.EmptyAsync(parts.Pools, either.Token))
                return;
        }

        PoolFleet[] left = [.. parts.Pools.Where(pool => pool.Runners.Count > 0)];
        DaemonLog.Cancelling(_logger, left.Sum(pool => pool.Runners.Count), cancel.IsCancellationRequested ? "told to end at once" : isPreempted ? reason : "they took too long");
        foreach (PoolFleet pool in left)
        {
            foreach (RunnerRecord runner in pool.Runners)
                pool.Cancel(runner.Name, isPreempted ? reason : "the daemon ends", isLoss: isPreempted);
        }

        using var last = new CancellationTokenSource(surroundings.Times.AfterCancel, surroundings.Time);
        if (!await end.EmptyAsync(parts.Pools, last.Token))
            DaemonLog.LeftBehind(_logger, parts.Pools.Sum(pool => pool.Runners.Count));
    }

    // What stands in the outbox may go with the machine: the last reports, and that the lost jobs are run again.
    private async Task FlushAsync(DaemonParts parts, CancellationToken cancel)
    {
        long began = surroundings.Time.GetTimestamp();
        while (parts.Outbox.IsAtWork && surroundings.Time.GetElapsedTime(began) < surroundings.Times.AfterCancel && !cancel.IsCancellationRequested)
            await Task.Delay(Shorter(surroundings.Times.OutboxTick, TimeSpan.FromSeconds(1)), surroundings.Time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
