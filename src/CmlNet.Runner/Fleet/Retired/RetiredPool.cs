using CmlNet.Runner.Daemon;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Jobs.GitHub;

namespace CmlNet.Runner.Fleet.Retired;

/// <summary>
/// The end of a pool that is no longer configured: runners without a job go at once, the others after it. It is listened for in
/// moments, and never for long: another machine may have the pool now, and a scale set has one listener at a time.
/// </summary>
/// <param name="pool">Its runners.</param>
/// <param name="source">Says what becomes of its jobs; null when nobody can be asked.</param>
/// <param name="times">How long a moment is.</param>
internal sealed class RetiredPool(PoolFleet pool, IJobSource? source, DaemonTimes times)
{
    private readonly FleetContext _context = pool.Context;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // First what happened while there was no daemon: a runner that seems to wait may have got its job.
        await HearAsync(cancellationToken);
        await pool.DrainAsync(cancellationToken);
        while (pool.Present is { Count: > 0 } present)
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task gone = Task.WhenAny(present);
            await Task.WhenAny(gone, Task.Delay(pool.Pool.AfterJob, _context.Time, waiting.Token));
            await waiting.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            if (gone.IsCompleted)
                await HearAsync(cancellationToken);
            else
                await pool.FindEndsAsync(cancellationToken);
        }

        FleetLog.RetiredPoolGone(_context.Logger, pool.Name);
    }

    private async Task HearAsync(CancellationToken cancellationToken)
    {
        if (source is null)
            return;
        using var limit = new CancellationTokenSource(times.Hearing, _context.Time);
        using var moment = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await source.RunAsync(new RetiredSink(pool, _context.Journal, moment.Cancel), moment.Token);
        }
        catch (OperationCanceledException) when (moment.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch (GitHubException exception) when (RetiredRegistry.IsRefusal(exception))
        {
            // Its jobs end all the same; only how is not known.
            FleetLog.NotHeard(_context.Logger, pool.Name, exception.Message);
        }
    }
}
