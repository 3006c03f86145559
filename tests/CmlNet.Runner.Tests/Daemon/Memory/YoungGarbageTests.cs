using CmlNet.Runner.Configuration;
using CmlNet.Runner.Daemon.Memory;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Tests.Daemon.Memory;

public sealed class YoungGarbageTests
{
    [Fact]
    public async Task Collect_RunnersEnd_CollectsAfterSomeMegabytesAndNotBefore()
    {
        long allocated = 0;
        int times = 0;
        var garbage = new YoungGarbage { Allocated = () => allocated, Collect = () => times++ };
        var runner = new RunnerRecord { Name = "r", Pool = "p", Created = DateTimeOffset.UnixEpoch };
        for (int i = 0; i < 100; i++)
        {
            allocated += 400_000; // what a runner's life leaves
            await garbage.CollectAsync(runner, new PoolConfiguration { Name = "p", Labels = ["p"] }, isLost: false, CancellationToken.None);
        }

        Assert.Equal(10, times);
        garbage.CollectIfMuch();
        Assert.Equal(10, times);
    }
}
