using CmlNet.Containers;
using CmlNet.Runner.Fleet;

namespace CmlNet.Runner.Tests.Fleet;

public sealed class UploadWatchTests
{
    [Fact]
    public async Task IsSending_BytesGrow_UntilTheyDoNot()
    {
        var runner = new MeasuredRunner(1_000_000, 2_000_000, 3_000_000, 3_000_500);
        var watch = new UploadWatch(runner);
        bool[] seen = await LookAsync(watch, 4);
        Assert.Equal([true, true, true, false], seen);
    }

    [Fact]
    public async Task IsSending_ForEver_IsBelievedForSoLongOnly()
    {
        var watch = new UploadWatch(new MeasuredRunner([.. Enumerable.Range(1, 100).Select(i => i * 10_000_000L)]));
        Assert.Equal(20, (await LookAsync(watch, 30)).Count(isSending => isSending));
    }

    [Fact]
    public async Task IsSending_ContainerHasEndedOrNobodyCanLook_IsFalse()
    {
        Assert.False(await new UploadWatch(new MeasuredRunner()).IsSendingAsync("c"));
        Assert.False(await new UploadWatch(null).IsSendingAsync("c"));
    }

    [Fact]
    public async Task IsSending_EngineDoesNotAnswer_StopsNothing() =>
        Assert.True(await new UploadWatch(new MeasuredRunner { IsAway = true }).IsSendingAsync("c"));

    private static async Task<bool[]> LookAsync(UploadWatch watch, int times)
    {
        var seen = new bool[times];
        for (int i = 0; i < times; i++)
            seen[i] = await watch.IsSendingAsync("c");
        return seen;
    }

    /// <summary>What it has sent at each look; null when there are no more.</summary>
    private sealed class MeasuredRunner(params long[] sent) : IRunnerInspection
    {
        private int _at;

        public bool IsAway { get; init; }

        public Task<ContainerUsage?> ReadUsageAsync(string containerId, CancellationToken cancellationToken) => IsAway
            ? throw new EngineException(EngineErrorKind.Unreachable, "away")
            : Task.FromResult(_at < sent.Length ? new ContainerUsage { Cpu = TimeSpan.Zero, MemoryBytes = 0, NetworkBytes = sent[_at++] } : null);

        public Task ReadLogsAsync(string containerId, int lines, bool follow, IOutputSink output, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Stream?> CollectAsync(string containerId, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
