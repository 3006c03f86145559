namespace CmlNet.Runner.Tests;

/// <summary>Waits for what happens elsewhere.</summary>
internal static class Polling
{
    /// <summary>Longer than anything takes on a slow machine under load: it only says when to give up.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(150);

    public static Task UntilAsync(Func<bool> condition, string what, TimeSpan? patience = null) => UntilAsync(condition, () => what, patience);

    public static Task UntilAsync(Func<bool> condition, Func<string> what, TimeSpan? patience = null) => UntilAsync(() => Task.FromResult(condition()), what, patience);

    /// <param name="condition">Asked again and again.</param>
    /// <param name="what">What is waited for, and how things are, once it has taken too long.</param>
    /// <param name="patience">How long it may take, unless <see cref="Patience"/>.</param>
    public static async Task UntilAsync(Func<Task<bool>> condition, Func<string> what, TimeSpan? patience = null)
    {
        TimeSpan most = patience ?? Patience;
        long began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > most)
                Assert.Fail($"after {most.TotalSeconds:0} s still not: {what()}");
            await Task.Delay(10);
        }
    }
}
