using CmlNet.Runner.Fleet.Gpus;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Runner.Tests.Fleet.Gpus;

public sealed class GpuAllocatorTests
{
    [Fact]
    public void TryTake_MixedSizes_TakesTheSmallestThatFit()
    {
        GpuAllocator gpus = With(Gpu(0, 80), Gpu(1, 24), Gpu(2, 40));
        Assert.Equal(["GPU-2"], gpus.TryTake("a", 1, 30_000_000_000));
        Assert.Equal(["GPU-1"], gpus.TryTake("b", 1, 0));
        Assert.Null(gpus.TryTake("c", 2, 0));
        Assert.Equal(["GPU-0"], gpus.TryTake("d", 1, 0));
        gpus.Release("a");
        Assert.Equal(["GPU-2"], gpus.Free.Select(gpu => gpu.Uuid));
        Assert.Equal([], gpus.TryTake("e", 0, 0));
    }

    [Fact]
    public void Update_GpuIsGoneOrBroken_GetsNoOneUntilItIsBack()
    {
        GpuAllocator gpus = With(Gpu(0, 80), Gpu(1, 80));
        gpus.Update([Gpu(1, 80) with { Defect = "3 errors" }]);
        Assert.Null(gpus.TryTake("a", 1, 0));
        Assert.Equal(["the driver no longer lists it", "3 errors"], gpus.All.Select(entry => entry.Gpu.Defect));
        gpus.Update([Gpu(0, 80), Gpu(1, 80)]);
        Assert.Equal(["GPU-0", "GPU-1"], gpus.TryTake("a", 2, 0));
    }

    [Fact]
    public void Restore_GpuOfAnotherOwner_Fails()
    {
        GpuAllocator gpus = With(Gpu(0, 80));
        gpus.Restore("a", ["GPU-0"]);
        gpus.Restore("a", ["GPU-0"]);
        Assert.Throws<InvalidOperationException>(() => gpus.Restore("b", ["GPU-0"]));
        Assert.Null(gpus.TryTake("c", 1, 0));
    }

    /// <summary>Whatever owners do in whatever order, nobody ever holds what another holds.</summary>
    [Fact]
    public void TryTake_AnySequence_NeverGivesAGpuTwice() => Prop.ForAll(
        Gen.Choose(0, 9).SelectMany(owner => Gen.Choose(-1, 4).Select(count => (owner, count))).ListOf(60).ToArbitrary(),
        steps =>
        {
            GpuAllocator gpus = With([.. Enumerable.Range(0, 5).Select(i => Gpu(i, 10 + i))]);
            var held = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
            foreach ((int number, int count) in steps)
            {
                string owner = $"o{number}";
                if (count < 0)
                {
                    gpus.Release(owner);
                    held.Remove(owner);
                }
                else if (!held.ContainsKey(owner) && gpus.TryTake(owner, count, 0) is { } taken)
                {
                    held[owner] = taken;
                }
            }

            string[] all = [.. held.Values.SelectMany(uuids => uuids)];
            return all.Distinct(StringComparer.Ordinal).Count() == all.Length && gpus.Free.Count == 5 - all.Length;
        }).QuickCheckThrowOnFailure();

    private static GpuAllocator With(params Gpu[] gpus)
    {
        var allocator = new GpuAllocator();
        allocator.Update(gpus);
        return allocator;
    }

    private static Gpu Gpu(int index, int gigabytes) => new() { Index = index, Uuid = $"GPU-{index}", Name = "Test", MemoryBytes = gigabytes * 1_000_000_000L };
}
