using CmlNet.Runner.Fleet;
using CmlNet.Runner.Fleet.Gpus;

namespace CmlNet.Runner.Tests.Fleet;

public sealed class CapacityPlanTests
{
    [Theory]
    // Enough for all: everyone gets what their own limit allows.
    [InlineData(8, "a:1:2:0 b:1:3:0", "a=2 b=3")]
    // Nobody is known to wait: one each, then the rest goes round.
    [InlineData(4, "a:1:9:0 b:1:9:0 c:1:9:0", "a=2 b=1 c=1")]
    // Known jobs come first, wherever the pool stands.
    [InlineData(2, "a:1:9:0 b:1:9:2", "a=0 b=2")]
    [InlineData(1, "a:1:9:0 b:1:9:0", "a=1 b=0")]
    // A pool that needs more than there is does not block the others.
    [InlineData(3, "big:4:2:2 a:1:9:0", "big=0 a=3")]
    [InlineData(4, "big:2:2:1 a:1:9:1", "big=1 a=2")]
    // Without GPUs the own limit is the only one.
    [InlineData(0, "cpu:0:5:0 a:1:9:0", "cpu=5 a=0")]
    [InlineData(4, "a:1:0:3 b:1:9:0", "a=0 b=4")]
    public void Share_OfFreeGpus_FollowsDemandThenTurns(int free, string pools, string expected)
    {
        PoolNeed[] needs = [.. pools.Split(' ').Select(Need)];
        IReadOnlyDictionary<string, int> shares = CapacityPlan.Share(needs, [.. Enumerable.Range(0, free).Select(i => new Gpu { Index = i, Uuid = $"GPU-{i}", Name = "Test", MemoryBytes = 1 })]);
        Assert.Equal(expected, string.Join(' ', needs.Select(need => $"{need.Name}={shares[need.Name]}")));
        Assert.True(needs.Sum(need => need.Gpus * shares[need.Name]) <= free);
    }

    [Fact]
    public void Share_PoolThatWantsLargeGpus_CountsOnlyThose()
    {
        Gpu[] free = [new() { Index = 0, Uuid = "S", Name = "Small", MemoryBytes = 10 }, new() { Index = 1, Uuid = "L", Name = "Large", MemoryBytes = 80 }];
        IReadOnlyDictionary<string, int> shares = CapacityPlan.Share([new PoolNeed { Name = "large", Gpus = 1, GpuMemoryBytes = 40, Room = 5 }, new PoolNeed { Name = "any", Gpus = 1, Room = 5 }], free);
        Assert.Equal((1, 1), (shares["large"], shares["any"]));
    }

    private static PoolNeed Need(string text)
    {
        string[] parts = text.Split(':');
        return new PoolNeed { Name = parts[0], Gpus = int.Parse(parts[1]), Room = int.Parse(parts[2]), Waiting = int.Parse(parts[3]) };
    }
}
