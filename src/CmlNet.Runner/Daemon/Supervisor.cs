using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Journal;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Daemon;

/// <summary>Keeps loops going: one that fails starts again, later and later, and never takes another one with it.</summary>
internal sealed class Supervisor(DaemonTimes times, TimeProvider time, ILogger logger)
{
    private const double Growth = 1.5;

    // GitHub counts calls by the hour.
    private static readonly TimeSpan LongestBudget = TimeSpan.FromMinutes(61);

    /// <summary>Runs until cancelled. What the loop throws is logged.</summary>
    public async Task RunAsync(string name, Func<CancellationToken, Task> loop, CancellationToken cancellationToken)
    {
        TimeSpan delay = times.FirstRestart;
        while (!cancellationToken.IsCancellationRequested)
        {
            long began = time.GetTimestamp();
            TimeSpan least = TimeSpan.Zero;
            try
            {
                await loop(cancellationToken);
                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is GitHubException or EngineException or RunnerConfigurationException or JournalException or IOException)
            {
                delay = time.GetElapsedTime(began) > times.LongestRestart ? times.FirstRestart : delay;
                // Who goes on asking after his calls are used up is shut out for longer.
                least = (exception as GitHubException)?.RetryAt is { } moment ? Shortest(moment - time.GetUtcNow(), LongestBudget) : TimeSpan.Zero;
                DaemonLog.LoopFailed(logger, name, Longest(delay, least).TotalSeconds, exception.Message);
            }
            catch (Exception exception)
            {
                // A bug in one loop must not end the jobs of the others.
                DaemonLog.LoopBroke(logger, exception, name, delay.TotalSeconds);
            }

            await Task.Delay(Longest(delay, least), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay = delay * Growth < times.LongestRestart ? delay * Growth : times.LongestRestart;
        }
    }

    /// <summary>Does something again and again, with a pause between.</summary>
    public Task RepeatAsync(string name, TimeSpan pause, Func<CancellationToken, Task> action, CancellationToken cancellationToken) => RunAsync(
        name,
        async token =>
        {
            while (true)
            {
                await action(token);
                await Task.Delay(pause, time, token);
            }
        },
        cancellationToken);

    /// <summary>Does something again and again, whenever it is woken, and after the pause that it asks for itself.</summary>
    public Task RepeatAsync(string name, WakeUp wake, Func<CancellationToken, Task<TimeSpan>> action, CancellationToken cancellationToken) => RunAsync(
        name,
        async token =>
        {
            while (true)
                await wake.WaitAsync(await action(token), token);
        },
        cancellationToken);

    private static TimeSpan Longest(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Shortest(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
