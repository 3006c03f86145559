using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Fleet.Docker;

namespace CmlNet.Runner.Tests.Fleet.Docker;

public sealed class RunnerSpecBuilderTests
{
    private const string Secret = "jit-secret-jit-secret";

    [Fact]
    public void Build_TrustedGpuPool_SetsLimitsAndNeverTheConfiguration()
    {
        ContainerSpec spec = Build(new PoolConfiguration
        {
            Name = "gpu1", Labels = ["gpu1"], Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["HF_HOME"] = "/data" },
            Caches = [new CacheMount("pip", "/home/runner/.cache/pip", false), new CacheMount("/data", "/data", true)],
            Shape = new PoolShape { Gpus = 2, Cpus = 7.5, MemoryBytes = 32_000, SharedMemoryBytes = 8_000, DiskBytes = 5_000, WorksInMemory = true, Pids = 100 },
        }, "GPU-1", "GPU-2");

        Assert.Equal(["GPU-1", "GPU-2"], spec.Gpus.DeviceIds);
        Assert.Equal("GPU-1,GPU-2", spec.Environment["NVIDIA_VISIBLE_DEVICES"]);
        Assert.Equal(("1", "1", "1", "/cml/job-completed.sh", "/data"), (spec.Environment["RUNNER_MANUALLY_TRAP_SIG"], spec.Environment["ACTIONS_RUNNER_PRINT_LOG_TO_STDOUT"], spec.Environment["ACTIONS_RUNNER_RETURN_VERSION_DEPRECATED_EXIT_CODE"], spec.Environment["ACTIONS_RUNNER_HOOK_JOB_COMPLETED"], spec.Environment["HF_HOME"]));
        Assert.Equal([new Mount("pip", "/home/runner/.cache/pip"), new Mount("/data", "/data", true), new Mount("/usr/bin/cml", "/cml/bin/cml", true)], spec.Mounts);
        ContainerOptions options = spec.Options;
        Assert.True(options.Init);
        Assert.True(options.StopTimeout >= TimeSpan.FromSeconds(60));
        Assert.Equal((32_000L, 32_000L, 8_000L, 7_500_000_000L, 100L, 0L), (options.MemoryBytes, options.MemorySwapBytes, options.SharedMemoryBytes, options.NanoCpus, options.PidsLimit, options.DiskBytes));
        Assert.Equal(["no-new-privileges"], options.SecurityOptions);
        Assert.Equal(["ALL"], options.DroppedCapabilities);
        Assert.Equal(["/home/runner/_work:rw,exec,nosuid,nodev,mode=1777,size=5000"], options.Tmpfs);
        Assert.DoesNotContain(Secret, string.Concat(spec.Environment.Values) + string.Concat(spec.Labels.Values) + string.Concat(spec.Command), StringComparison.Ordinal);
        Assert.Equal(("d1", "gpu1", "box-1", "42", "GPU-1,GPU-2"), (spec.Labels[RunnerLabels.Daemon], spec.Labels[RunnerLabels.Pool], spec.Labels[RunnerLabels.Runner], spec.Labels[RunnerLabels.RunnerId], spec.Labels[RunnerLabels.Gpus]));
    }

    [Fact]
    public void Build_UntrustedPool_GetsNoCapabilitiesAndNoGpus()
    {
        ContainerSpec spec = Build(new PoolConfiguration { Name = "cpu", Labels = ["cpu"], IsTrusted = false, Report = new ReportSettings { IsEnabled = false }, Shape = new PoolShape { DiskBytes = 7 } });
        Assert.Empty(spec.Options.AddedCapabilities);
        Assert.True(spec.Gpus.IsNone);
        Assert.Equal("void", spec.Environment["NVIDIA_VISIBLE_DEVICES"]);
        Assert.False(spec.Environment.ContainsKey("ACTIONS_RUNNER_HOOK_JOB_COMPLETED"));
        Assert.Empty(spec.Mounts);
        Assert.Equal(7, spec.Options.DiskBytes);
    }

    [Fact]
    public void Plan_AsText_HidesTheConfiguration() => Assert.DoesNotContain(Secret, Plan(new PoolConfiguration { Name = "a", Labels = [] }).ToString(), StringComparison.Ordinal);

    private static ContainerSpec Build(PoolConfiguration pool, params string[] gpus) => new RunnerSpecBuilder("d1", gpusByVariable: false, "/usr/bin/cml").Build(Plan(pool, gpus), "net");

    private static RunnerPlan Plan(PoolConfiguration pool, params string[] gpus) => new() { Name = "box-1", Pool = pool, Gpus = gpus, RunnerId = 42, JitConfiguration = Secret };
}
