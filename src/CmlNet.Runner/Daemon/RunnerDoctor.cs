using System.Globalization;
using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Fleet.Gpus;
using CmlNet.Runner.Jobs.GitHub;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Runner.Daemon;

/// <summary>Looks at everything the daemon needs, leaves nothing behind, and says what to do about what is missing.</summary>
internal sealed class RunnerDoctor(RunnerConfiguration configuration, DaemonSurroundings surroundings)
{
    private readonly DoctorFindings _findings = new();

    /// <summary>The engine's machine is not what this program sees.</summary>
    public bool IsInContainer { get; init; } = OwnProgram.IsInContainer;

    public async Task<IReadOnlyList<DoctorFinding>> ExamineAsync(CancellationToken cancellationToken)
    {
        IContainerEngine engine = surroundings.Engine ?? ContainerServices.Resolve(configuration.Engine, new EngineContext { Time = surroundings.Time, Variable = surroundings.Variable });
        EngineInfo? info = await _findings.ExamineAsync("engine", async () =>
        {
            EngineInfo found = await engine.ProbeAsync(cancellationToken);
            return (found, $"{found.Name} {found.Version} at {found.Endpoint}");
        });
        IReadOnlyList<Gpu> gpus = await ExamineGpusAsync(info, cancellationToken);
        GitHubScope scope = GitHubScope.Parse(configuration.Scope, surroundings.Variable("GITHUB_ACTIONS_FORCE_GHES") is { Length: > 0 });
        using var http = new GitHubHttp(GitHubHandlers.Create(configuration.CertificateFile), surroundings.Retries with { Count = 1 }, surroundings.Time, NullLogger.Instance) { UserAgent = UserAgents.Build(surroundings.Version, 0) };
        IGitHubCredentials credentials = configuration.Authentication is { IsApp: true } app ? new AppCredentials(http, scope, app, surroundings.Variable) : new PersonalCredentials(configuration.Authentication.Token!, surroundings.Variable); // one of the two: the schema demands it
        using var disposable = credentials as IDisposable;
        if (info is not null)
            await ExaminePoolsAsync(engine, info, new PoolPreparation(engine, new RunnerReleases(http, scope, credentials), scope.IsHosted, DaemonIdentity.Find(configuration.DataDirectory), surroundings.Time, NullLogger.Instance), gpus, cancellationToken);
        ExamineDisk();
        await new GitHubExamination(configuration, http, scope, credentials, _findings).RunAsync(cancellationToken);
        return _findings.All;
    }

    /// <returns>Those that are well.</returns>
    private async Task<IReadOnlyList<Gpu>> ExamineGpusAsync(EngineInfo? info, CancellationToken cancellationToken)
    {
        IReadOnlyList<Gpu>? gpus = await _findings.ExamineAsync("GPUs", async () =>
        {
            IReadOnlyList<Gpu> found = await new GpuProbe(configuration.Gpus, surroundings.Time).ReadAsync(cancellationToken);
            int well = found.Count(gpu => gpu.Defect is null);
            if (configuration.Pools.FirstOrDefault(pool => found.Count(gpu => gpu.Defect is null && gpu.MemoryBytes >= pool.Shape.GpuMemoryBytes) < pool.Shape.Gpus) is { } pool)
                throw new GpuProbeException($"{well} of {found.Count} GPUs are well, and a pool wants {pool.Shape.Gpus}{Size(pool)}: {pool.Name}{string.Concat(found.Where(gpu => gpu.Defect is not null).Select(gpu => $"; GPU {gpu.Index}: {gpu.Defect}"))}. Install the driver, or change the pool.");
            return GpuProbe.FindUnknown(configuration.Gpus, found) is { Count: > 0 } unknown
                ? throw new GpuProbeException($"gpus.exclude names {string.Join(", ", unknown)}, and this machine has no such GPU: 'nvidia-smi -L' lists them.")
                : (found, found.Count == 0 ? "none, and none are wanted" : $"{well} of {found.Count} are well");
        });
        if (configuration.Pools.All(pool => pool.Shape.Gpus == 0) || gpus is null || info is null)
            return [];
        _findings.Add(info.HasGpuRuntime || configuration.Gpus.ByVariable
            ? new DoctorFinding("GPU runtime", true, configuration.Gpus.ByVariable ? "by variable" : "nvidia")
            : new DoctorFinding("GPU runtime", false, "The engine has no NVIDIA runtime. Install the NVIDIA Container Toolkit, run 'nvidia-ctk runtime configure --runtime=docker', restart the engine."));
        return info.HasGpuRuntime || configuration.Gpus.ByVariable ? [.. gpus.Where(gpu => gpu.Defect is null)] : [];
    }

    private static string Size(PoolConfiguration pool) => pool.Shape.GpuMemoryBytes == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" with at least {pool.Shape.GpuMemoryBytes / 1e9:0.#} GB");

    private async Task ExaminePoolsAsync(IContainerEngine engine, EngineInfo info, PoolPreparation preparation, IReadOnlyList<Gpu> gpus, CancellationToken cancellationToken)
    {
        var trial = new PoolTrial(engine, DaemonIdentity.Find(configuration.DataDirectory) ?? "doctor", configuration.Gpus.ByVariable, surroundings.Time);
        var images = new HashSet<string>(StringComparer.Ordinal);
        var absent = new HashSet<string>(StringComparer.Ordinal);
        foreach (PoolConfiguration pool in configuration.Pools)
        {
            if (images.Add(pool.Image) && !await ExamineImageAsync(engine, preparation, pool, cancellationToken))
                absent.Add(pool.Image);
            await ExamineCachesAsync(pool, engine, info, absent.Contains(pool.Image), cancellationToken);
            string[] own = [.. GpuAllocator.Choose(gpus, pool.Shape.Gpus, pool.Shape.GpuMemoryBytes).Select(gpu => gpu.Uuid)];
            // What is the matter with its image or its GPUs was said.
            if (engine is not IDetachedContainers || absent.Contains(pool.Image) || own.Length < pool.Shape.Gpus)
                continue;
            string name = $"container of {pool.Name}";
            await _findings.ExamineAsync(name, async () =>
            {
                await trial.RunAsync(pool, own, cancellationToken);
                return (name, "starts with the pool's limits");
            });
        }
    }

    private async Task<bool> ExamineImageAsync(IContainerEngine engine, PoolPreparation preparation, PoolConfiguration pool, CancellationToken cancellationToken)
    {
        string? version = null;
        ImageInfo? image = await _findings.ExamineAsync($"image of {pool.Name}", async () =>
        {
            ImageInfo found = await engine.EnsureImageAsync(new ImageRequest { Reference = pool.Image }, new Progress<ImageProgress>(), cancellationToken);
            version = await preparation.ReadVersionAsync(pool, cancellationToken);
            return (found, $"{pool.Image}, {(version is null ? "its runner does not tell its version" : $"runner {version}")}");
        });
        if (image is null || version is null)
            return image is not null;
        try
        {
            if (await preparation.FindWarningAsync(pool, image, Version.Parse(version), cancellationToken) is { } warning)
                _findings.Add($"runner version of {pool.Name}", false, warning);
        }
        catch (RunnerConfigurationException exception)
        {
            _findings.Add($"runner version of {pool.Name}", false, exception.Message);
        }

        return true;
    }

    // The engine makes an empty folder where there is none, and the job finds no data.
    private async Task ExamineCachesAsync(PoolConfiguration pool, IContainerEngine engine, EngineInfo info, bool isImageAbsent, CancellationToken cancellationToken)
    {
        string[] paths = [.. pool.Caches.Where(cache => cache.IsHostPath).Select(cache => cache.Source)];
        bool isElsewhere = IsInContainer || !info.Endpoint.StartsWith("unix:", StringComparison.Ordinal);
        if (paths.Length == 0)
            return;
        IReadOnlyList<string>? missing = !isElsewhere
            ? [.. paths.Where(path => !Directory.Exists(path) && !File.Exists(path))]
            : isImageAbsent ? null : await new EnginePaths(engine, surroundings.Time).FindMissingAsync(pool.Image, paths, cancellationToken);
        if (missing is null)
            _findings.Add(new DoctorFinding($"caches of {pool.Name}", false, $"whether {string.Join(", ", paths)} {(paths.Length == 1 ? "is" : "are")} on the engine's machine cannot be seen from here. Look there: where a folder is missing, the engine makes an empty one.") { IsUnknown = true });
        foreach (string path in missing ?? [])
            _findings.Add($"cache {path} of {pool.Name}", false, $"there is no such folder{(isElsewhere ? " on the engine's machine" : "")}, and the engine would make an empty one. Make it, or correct the path.");
    }

    private void ExamineDisk()
    {
        try
        {
            long free = new DriveInfo(configuration.Disk.Path).AvailableFreeSpace;
            string text = string.Create(CultureInfo.InvariantCulture, $"{free / 1e9:0.0} GB free at {configuration.Disk.Path}");
            bool isEnough = free >= configuration.Disk.LeastFreeBytes;
            _findings.Add("disk", isEnough, isEnough ? text : $"{text}, less than disk.least-free: no job would be taken. Free some, or lower the limit.");
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            _findings.Add("disk", false, $"{configuration.Disk.Path} cannot be looked at: {exception.Message} Set disk.path.");
        }
    }
}
