using CmlNet.Runner.Control;
using CmlNet.Testing.Actions.State;

namespace CmlNet.Runner.Tests.Daemon;

/// <summary>GPUs that fall out while the daemon runs.</summary>
public sealed class GpuWatchTests
{
    [Fact]
    public async Task Run_GpuBreaksAndIsWellAgain_GetsNoJobMeanwhile()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Gpus = 2;
        scene.GpuInterval = "50ms";
        scene.Yaml = "pools: [{ name: gpu1, gpus: 1, max: 4 }]";
        await scene.StartDaemonAsync();
        await UntilCapacityAsync(scene, 2);

        scene.WriteGpus("0, GPU-0, 40960, 0, 0, 50, Disabled, 3, Simulated", "1, GPU-1, 40960, 0, 0, 50, Disabled, 0, Simulated");
        await UntilCapacityAsync(scene, 1);
        GpuStatus[] gpus = [.. (await scene.Control.StatusAsync(CancellationToken.None)).Gpus];
        Assert.Equal(("3 uncorrected memory errors since the last reset", (string?)null), (gpus[0].Defect, gpus[1].Defect));
        FakeJob[] jobs = [.. Enumerable.Range(0, 3).Select(_ => scene.Service.Queue("gpu1"))];
        await Polling.UntilAsync(() => jobs.All(job => job.State == FakeJobState.Completed), "all jobs are done, on the other one");
        Assert.DoesNotContain("GPU-0", scene.Host.GpusUsed);

        // A driver that does not answer for once takes nothing away.
        scene.WriteGpus("nonsense");
        scene.WriteGpus("0, GPU-0, 40960, 0, 0, 50, Disabled, 0, Simulated", "1, GPU-1, 40960, 0, 0, 50, Disabled, 0, Simulated");
        await UntilCapacityAsync(scene, 2);
    }

    private static Task UntilCapacityAsync(DaemonScene scene, int capacity) =>
        Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.ScaleSets is [{ } set] && set.Capacity == capacity), $"GitHub is told of {capacity}");
}
