using CmlNet.Runner.Daemon.Memory;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Runner.Tests.Daemon.Memory;

public sealed class MemoryTrimTests
{
    private readonly Queue<long> _sizes = new();
    private readonly MemoryTrim _trim;

    public MemoryTrimTests() => _trim = new MemoryTrim([], TimeProvider.System, NullLogger.Instance, () => _sizes.Dequeue() * 1_000_000);

    [SkippableFact]
    public async Task Look_JobsCameJustAfterTheFirstTime_GivesTheirMemoryBackToo()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc is Linux's");
        Assert.True(await TrimsAsync(100, 50));
        Assert.True(await TrimsAsync(150, 52)); // it was not needed to settle: it is the jobs'
        Assert.False(await TrimsAsync(57)); // this was
        Assert.False(await TrimsAsync(61));
        Assert.False(await TrimsAsync(40));
        Assert.True(await TrimsAsync(46, 40)); // what is left has become less by itself
    }

    [SkippableFact]
    public async Task Look_MuchIsNeededAgainEachTime_LeavesItInTheEnd()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc is Linux's");
        int times = 0;
        while (await TrimsAsync(90, 50))
            Assert.InRange(++times, 1, 6);
        Assert.False(await TrimsAsync(90));
    }

    // What it has before, and what it has left if it gives anything back.
    private async Task<bool> TrimsAsync(params IReadOnlyList<long> sizes)
    {
        _sizes.Clear();
        foreach (long size in sizes)
            _sizes.Enqueue(size);
        await _trim.LookAsync(CancellationToken.None);
        return _sizes.Count == 0 && sizes.Count == 2;
    }
}
