using CmlNet.Runner.Daemon.Memory;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Runner.Tests.Daemon.Memory;

public sealed class MemoryTrimTests
{
    private readonly Queue<long> _sizes = new();
    private readonly MemoryTrim _trim;
    private long _allocated;

    public MemoryTrimTests() => _trim = new MemoryTrim([], new YoungGarbage(), TimeProvider.System, NullLogger.Instance)
    {
        Measure = () => _sizes.Dequeue() * 1_000_000,
        Allocated = () => _allocated * 1_000_000,
    };

    [SkippableFact]
    public async Task Look_JobsCameAfterTheStart_GivesTheirMemoryBackToo()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc is Linux's");
        Assert.True(await TrimsAsync(allocated: 20, 100, 50));
        Assert.False(await TrimsAsync(allocated: 22, 57)); // back without any work: waiting needs it
        Assert.True(await TrimsAsync(allocated: 40, 90, 52));
        Assert.False(await TrimsAsync(allocated: 60, 56)); // not worth it
        Assert.False(await TrimsAsync(allocated: 80, 40));
        Assert.True(await TrimsAsync(allocated: 80, 46, 40)); // what is left has become less by itself
    }

    // What it has before, and what it has left if it gives anything back.
    private async Task<bool> TrimsAsync(long allocated, params IReadOnlyList<long> sizes)
    {
        _allocated = allocated;
        _sizes.Clear();
        foreach (long size in sizes)
            _sizes.Enqueue(size);
        await _trim.LookAsync(CancellationToken.None);
        return _sizes.Count == 0 && sizes.Count == 2;
    }
}
