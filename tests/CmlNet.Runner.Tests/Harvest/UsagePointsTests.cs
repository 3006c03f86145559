using CmlNet.Containers;
using CmlNet.Runner.Harvest;

namespace CmlNet.Runner.Tests.Harvest;

public sealed class UsagePointsTests
{
    [Theory]
    [InlineData(50, 1)]
    [InlineData(121, 2)]
    [InlineData(10_000, 128)]
    public void Add_ManySamples_KeepsFewPointsOverTheWholeTime(int samples, int every)
    {
        JobUsage? usage = null;
        for (int i = 0; i < samples; i++)
            usage = UsageSampler.Add(usage, new ContainerUsage { Cpu = TimeSpan.FromSeconds(20 * i), MemoryBytes = i }, [], DateTimeOffset.UnixEpoch.AddSeconds(10 * i));
        Assert.Equal((samples, every), (usage!.Samples, usage.Every));
        Assert.InRange(usage.Points.Count, Math.Min(samples, 60), 120);
        Assert.Equal(0, usage.Points[0].Moment);
        Assert.Equal(usage.Points.Select(point => point.Moment).Order(), usage.Points.Select(point => point.Moment));
        Assert.True(usage.Points[^1].Moment >= (samples - 1 - every) * 10_000L);
        Assert.All(usage.Points.Skip(1), point => Assert.Equal(2, point.Cpus));
    }
}
