using System.Collections.Concurrent;
using CmlNet.Publishing.Comments;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Publishing.Tests.Comments;

public sealed class CommentWatcherTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();
    private readonly ConcurrentQueue<string> _posts = new();

    private string Report => Path.Combine(_directory.Path, "report.md");

    [Fact]
    public async Task Watch_Report_IsPostedAtOnceOnEachChangeAndAtTheEnd()
    {
        _directory.Write("report.md", "one ![a](plot.png)"u8.ToArray());
        using var stop = new CancellationTokenSource();
        Task watch = Watcher(null, TimeSpan.FromMilliseconds(50)).RunAsync(stop.Token);
        await UntilAsync(() => _posts.Count == 1);
        _directory.Write("plot.png", "picture"u8.ToArray());
        await UntilAsync(() => _posts.Count == 2);
        _directory.Write("report.md", "two and more"u8.ToArray());
        await UntilAsync(() => _posts.Count == 3);
        await stop.CancelAsync();
        await watch;
        Assert.Equal(["one ![a](plot.png)", "one ![a](plot.png)", "two and more"], _posts);
    }

    [Fact]
    public async Task Watch_StoppedWithAChangeOpen_PostsALastTime()
    {
        _directory.Write("report.md", "one"u8.ToArray());
        using var stop = new CancellationTokenSource();
        Task watch = Watcher(null, TimeSpan.FromHours(1)).RunAsync(stop.Token);
        await UntilAsync(() => _posts.Count == 1);
        _directory.Write("report.md", "final"u8.ToArray());
        await stop.CancelAsync();
        await watch;
        Assert.Equal(["one", "final"], _posts);
    }

    [Fact]
    public async Task Watch_SeveralFiles_WaitsForAllAndPostsOnAnyChange()
    {
        string second = Path.Combine(_directory.Path, "second.md");
        var watcher = new CommentWatcher(
            [Report, second],
            null,
            async token => _posts.Enqueue(await File.ReadAllTextAsync(Report, token) + await File.ReadAllTextAsync(second, token)),
            TimeProvider.System,
            NullLogger.Instance) { Quiet = TimeSpan.FromMilliseconds(50) };
        _directory.Write("report.md", "one"u8.ToArray());
        using var stop = new CancellationTokenSource();
        Task watch = watcher.RunAsync(stop.Token);
        _directory.Write("second.md", "two"u8.ToArray());
        await UntilAsync(() => _posts.Count == 1);
        _directory.Write("second.md", "three"u8.ToArray());
        await UntilAsync(() => _posts.Count == 2);
        _directory.Write("report.md", "four"u8.ToArray());
        await UntilAsync(() => _posts.Count == 3);
        await stop.CancelAsync();
        await watch;
        Assert.Equal(["onetwo", "onethree", "fourthree"], _posts);
    }

    [Fact]
    public async Task Watch_ReportEmptiedToBeWrittenAgain_IsNotPostedEmpty()
    {
        _directory.Write("report.md", "one"u8.ToArray());
        using var stop = new CancellationTokenSource();
        Task watch = Watcher(null, TimeSpan.Zero).RunAsync(stop.Token);
        await UntilAsync(() => _posts.Count == 1);
        _directory.Write("report.md", []);
        await stop.CancelAsync();
        await watch;
        Assert.Equal(["one"], _posts);
    }

    [Fact]
    public async Task Watch_TriggerFile_PostsOnceForEach()
    {
        _directory.Write("report.md", "one"u8.ToArray());
        string trigger = Path.Combine(_directory.Path, "go");
        using var stop = new CancellationTokenSource();
        Task watch = Watcher(trigger, TimeSpan.Zero).RunAsync(stop.Token);
        await UntilAsync(() => _posts.Count == 1);
        _directory.Write("go", ""u8.ToArray());
        await UntilAsync(() => _posts.Count == 2);
        Assert.False(File.Exists(trigger));
        await stop.CancelAsync();
        await watch;
        Assert.Equal(2, _posts.Count);
    }

    [Fact]
    public async Task Watch_PostThatFails_GoesOn()
    {
        int calls = 0;
        var watcher = new CommentWatcher(
            [Report],
            null,
            _ => Interlocked.Increment(ref calls) == 1 ? throw new PublishingException("refused") : Task.CompletedTask,
            TimeProvider.System,
            NullLogger.Instance) { Quiet = TimeSpan.FromMilliseconds(50) };
        using var stop = new CancellationTokenSource();
        Task watch = watcher.RunAsync(stop.Token);
        _directory.Write("report.md", "one"u8.ToArray());
        await UntilAsync(() => Volatile.Read(ref calls) == 1);
        _directory.Write("report.md", "another"u8.ToArray());
        await UntilAsync(() => Volatile.Read(ref calls) == 2);
        await stop.CancelAsync();
        await watch;
    }

    public void Dispose() => _directory.Dispose();

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!condition())
            await Task.Delay(20, deadline.Token);
    }

    private CommentWatcher Watcher(string? trigger, TimeSpan quiet) => new(
        [Report],
        trigger,
        async token => _posts.Enqueue(await File.ReadAllTextAsync(Report, token)),
        TimeProvider.System,
        NullLogger.Instance) { Quiet = quiet };
}
