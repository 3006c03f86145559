namespace CmlNet.Runner.Tests;

/// <summary>Waits for what happens elsewhere.</summary>
internal static class Polling
{
    public static async Task UntilAsync(Func<bool> condition, string what, double seconds = 20)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began).TotalSeconds < seconds, $"after {seconds} s still not: {what}");
            await Task.Delay(10);
        }
    }
}
