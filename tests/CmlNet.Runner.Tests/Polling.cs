namespace CmlNet.Runner.Tests;

/// <summary>Waits for what happens elsewhere.</summary>
internal static class Polling
{
    public static Task UntilAsync(Func<bool> condition, string what, double seconds = 20) => UntilAsync(condition, () => what, seconds);

    /// <param name="condition">Asked again and again.</param>
    /// <param name="what">What is waited for, and how things are, once it has taken too long.</param>
    /// <param name="seconds">How long it may take.</param>
    public static async Task UntilAsync(Func<bool> condition, Func<string> what, double seconds = 20)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(began).TotalSeconds > seconds)
                Assert.Fail($"after {seconds} s still not: {what()}");
            await Task.Delay(10);
        }
    }
}
