using CmlNet.Runner.Fleet;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Daemon;

/// <summary>
/// The end of the runners with the daemon's: idle ones at once, busy ones when they are done. GitHub is asked, and not waited
/// for: with a token that was taken back it would never answer, and what it still lists is removed by the next start.
/// </summary>
internal sealed class FleetEnd(Supervisor supervisor, DaemonTimes times, TimeProvider time, ILogger logger)
{
    /// <returns>False when it was cancelled before no runner was left.</returns>
    public async Task<bool> EmptyAsync(IReadOnlyList<PoolFleet> pools, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(pools.Select(pool => EmptyAsync(pool, cancellationToken)));
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task EmptyAsync(PoolFleet pool, CancellationToken cancellationToken)
    {
        // Idle runners are asked for again and again: one that was just starting is idle a moment later.
        await AskAsync(pool, cancellationToken);
        Task gone = pool.WhenGoneAsync(cancellationToken);
        await Task.WhenAny(gone, Task.Delay(times.GitHubPatience, time, cancellationToken));
        await pool.GiveUpRegistrationsAsync();
        await gone;
        using var limit = new CancellationTokenSource(times.GitHubPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await pool.WhenEmptyAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (pool.Runners.Count is > 0 and var left)
            DaemonLog.StillListed(logger, pool.Name, left);
    }

    private async Task AskAsync(PoolFleet pool, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(times.GitHubPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        bool isAnswered = false;
        await supervisor.RunAsync(
            $"draining pool {pool.Name}",
            async token =>
            {
                await pool.DrainAsync(token);
                isAnswered = true;
            },
            either.Token);
        cancellationToken.ThrowIfCancellationRequested();
        if (isAnswered)
            return;
        DaemonLog.NotAsked(logger, pool.Name);
        pool.StopIdle("the daemon ends, and GitHub does not answer");
    }
}
