using System.Diagnostics;

namespace CmlNet.Cli.Tests.Commands.Run;

/// <summary>Waits for conditions by asking again, with a deadline.</summary>
internal static class Until
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <param name="condition">What is waited for.</param>
    /// <param name="description">What it is, for the failure.</param>
    /// <param name="stillPossible">False ends the waiting early.</param>
    public static Task TrueAsync(Func<bool> condition, Func<string> description, Func<bool>? stillPossible = null) =>
        TrueAsync(() => Task.FromResult(condition()), description, stillPossible);

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> description, Func<bool>? stillPossible = null)
    {
        long started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            bool possible = stillPossible?.Invoke() ?? true;
            if ((!possible && !await condition()) || Stopwatch.GetElapsedTime(started) > Limit)
                Assert.Fail($"waited in vain for {description()}");
            await Task.Delay(Pause);
        }
    }
}
