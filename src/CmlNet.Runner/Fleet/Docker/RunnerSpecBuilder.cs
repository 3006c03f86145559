using System.Globalization;
using CmlNet.Containers;
using CmlNet.Runner.Configuration;

namespace CmlNet.Runner.Fleet.Docker;

/// <summary>Builds the container of a runner from its plan. Pure.</summary>
internal sealed class RunnerSpecBuilder(string daemonId, bool gpusByVariable, string? ownProgram)
{
    /// <summary>Where our files lie in the container.</summary>
    public const string Folder = "/cml";

    /// <summary>What a job wants reported is copied here by the hook.</summary>
    public const string Outbox = Folder + "/outbox";

    public const string Program = Folder + "/bin/cml";

    // Enough for package managers and `su` in a trusted job; an untrusted one gets none.
    private static readonly string[] Capabilities = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "NET_BIND_SERVICE", "SETGID", "SETUID"];

    // A busy runner reports its job as cancelled within two seconds; a step may want longer to end (reference: actions/runner).
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(90);

    public ContainerSpec Build(RunnerPlan plan, string? network, JobPlace? place = null)
    {
        PoolConfiguration pool = plan.Pool;
        PoolShape shape = pool.Shape;
        return new ContainerSpec
        {
            Name = plan.Name,
            Image = pool.Image,
            Entrypoint = ["/bin/sh", Folder + "/start.sh"],
            Command = pool.Command,
            Environment = Environment(plan, place),
            Mounts = [.. Mounts(pool), .. place is null ? [] : (Mount[])[new Mount(place.Path, place.Path)]],
            Network = network,
            Labels = Labels(plan, place),
            Gpus = plan.Gpus.Count == 0 || gpusByVariable ? GpuRequest.None : new GpuRequest { DeviceIds = plan.Gpus },
            Options = new ContainerOptions
            {
                Init = true,
                StopTimeout = StopTimeout,
                MemoryBytes = shape.MemoryBytes,
                // No swap beside the memory: a job that needs more is told so at once.
                MemorySwapBytes = shape.MemoryBytes,
                SharedMemoryBytes = shape.SharedMemoryBytes,
                NanoCpus = (long)(shape.Cpus * 1_000_000_000),
                PidsLimit = shape.Pids,
                DiskBytes = shape.WorksInMemory ? 0 : shape.DiskBytes,
                SecurityOptions = ["no-new-privileges"],
                DroppedCapabilities = ["ALL"],
                AddedGroups = place is null ? [] : [place.SocketGroup],
                AddedCapabilities = pool.IsTrusted ? Capabilities : [],
                Tmpfs = shape.WorksInMemory ? [$"{WorkFolder(pool)}:rw,exec,nosuid,nodev,mode=1777,size={shape.DiskBytes.ToString(CultureInfo.InvariantCulture)}"] : [],
            },
        };
    }

    public Dictionary<string, string> Labels(RunnerPlan plan, JobPlace? place = null)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [RunnerLabels.Daemon] = daemonId,
            [RunnerLabels.Pool] = plan.Pool.Name,
            [RunnerLabels.Runner] = plan.Name,
            [RunnerLabels.RunnerId] = plan.RunnerId.ToString(CultureInfo.InvariantCulture),
            [RunnerLabels.Gpus] = string.Join(',', plan.Gpus),
        };
        if (place is not null)
            labels[RunnerLabels.Folder] = plan.Pool.Image;
        if (place?.Mark is { } mark)
            labels[RunnerLabels.Children] = mark;
        return labels;
    }

    private Dictionary<string, string> Environment(RunnerPlan plan, JobPlace? place)
    {
        var environment = new Dictionary<string, string>(plan.Pool.Environment, StringComparer.Ordinal)
        {
            // Images of one's own often lack these: run.sh would ignore a stop, and hide an outdated version (reference: actions/runner).
            ["RUNNER_MANUALLY_TRAP_SIG"] = "1",
            ["ACTIONS_RUNNER_PRINT_LOG_TO_STDOUT"] = "1",
            ["ACTIONS_RUNNER_RETURN_VERSION_DEPRECATED_EXIT_CODE"] = "1",
        };
        // `void` hides every GPU from an engine whose default runtime would show them all.
        environment["NVIDIA_VISIBLE_DEVICES"] = plan.Gpus.Count == 0 ? "void" : string.Join(',', plan.Gpus);
        if (place is not null)
            environment["CML_RUNNER_FOLDER"] = place.Path;
        if (plan.Pool.Report.IsEnabled && ownProgram is not null)
            environment["ACTIONS_RUNNER_HOOK_JOB_COMPLETED"] = Folder + "/job-completed.sh";
        return environment;
    }

    private IEnumerable<Mount> Mounts(PoolConfiguration pool)
    {
        foreach (CacheMount cache in pool.Caches)
            yield return new Mount(cache.Source, cache.Target, cache.IsReadOnly);
        if (pool.Report.IsEnabled && ownProgram is not null)
            yield return new Mount(ownProgram, Program, ReadOnly: true);
        if (pool.HasEngineSocket)
            yield return new Mount("/var/run/docker.sock", "/var/run/docker.sock");
    }

    // Beside what starts the runner: its own folder's default.
    private static string WorkFolder(PoolConfiguration pool) => (Path.GetDirectoryName(pool.Command[0]) is { Length: > 1 } folder ? folder : "/home/runner") + "/_work";
}
