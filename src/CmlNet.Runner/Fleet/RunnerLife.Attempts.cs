using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Fleet;

/// <summary>What is tried again, and for how long.</summary>
internal sealed partial class RunnerLife
{
    // Tried again while there is time: an engine that is just starting again, a disk that is full.
    private async Task CollectAsync(IRunnerEnd end, bool isLost, CancellationToken cancellationToken)
    {
        TimeSpan delay = _context.Times.FirstCleanupRetry;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await end.CollectAsync(entry.Record, _pool, isLost, cancellationToken);
                return;
            }
            catch (Exception exception) when (exception is EngineException or IOException or OperationCanceledException or JournalException or UnauthorizedAccessException)
            {
                FleetLog.CleanupFailed(_context.Logger, fleet.Name, entry.Record.Name, exception.Message);
            }
            catch (Exception exception)
            {
                // What a job left is hostile, and a bug that it meets would be met again.
                FleetLog.Broke(_context.Logger, exception, fleet.Name, entry.Record.Name);
                return;
            }

            await Task.Delay(delay, _context.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay = delay * 2 < _context.Times.LongestCleanupRetry ? delay * 2 : _context.Times.LongestCleanupRetry;
        }
    }

    private Task UpdateAsync(Func<RunnerRecord, RunnerRecord> change) => TellAsync(() => fleet.Update(entry, change));

    // What the fleet does with it needs the journal, which may be out of reach for a while. A bug would be met again, with the GPUs still held.
    private Task TellAsync(Action tell) => RepeatAsync(() =>
    {
        try
        {
            tell();
        }
        catch (Exception exception) when (!MayPass(exception))
        {
            FleetLog.Broke(_context.Logger, exception, fleet.Name, entry.Record.Name);
        }

        return Task.FromResult(true);
    });

    private async Task RepeatAsync(Func<Task<bool>> attempt)
    {
        TimeSpan delay = _context.Times.FirstCleanupRetry;
        while (true)
        {
            try
            {
                if (await attempt())
                    return;
                FleetLog.CleanupFailed(_context.Logger, fleet.Name, entry.Record.Name, "GitHub says that it is still running a job");
            }
            catch (Exception exception) when (MayPass(exception))
            {
                FleetLog.CleanupFailed(_context.Logger, fleet.Name, entry.Record.Name, exception.Message);
            }
            catch (Exception exception)
            {
                FleetLog.Broke(_context.Logger, exception, fleet.Name, entry.Record.Name);
            }

            await Task.Delay(delay, _context.Time, _context.Ended);
            delay = delay * 2 < _context.Times.LongestCleanupRetry ? delay * 2 : _context.Times.LongestCleanupRetry;
        }
    }

    private static bool MayPass(Exception exception) => exception is EngineException or GitHubException or JournalException or RunnerConfigurationException;

    // The look at the pools does it again, and says what is wrong.
    private static void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (JournalException)
        {
            // A runner that is gone must not stay because of it.
        }
    }
}
