using System.Globalization;
using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Fleet.Gpus;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Jobs.GitHub.Rest;
using CmlNet.Runner.Jobs.GitHub.ScaleSets;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Runner.Daemon;

/// <summary>Looks at everything the daemon needs, changes nothing, and says what to do about what is missing.</summary>
internal sealed class RunnerDoctor(RunnerConfiguration configuration, DaemonSurroundings surroundings)
{
    // GitHub refuses an App's token that was issued more than a minute into the future.
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<DoctorFinding>> ExamineAsync(CancellationToken cancellationToken)
    {
        var findings = new List<DoctorFinding>();
        IContainerEngine engine = surroundings.Engine ?? ContainerServices.Resolve(configuration.Engine, new EngineContext { Time = surroundings.Time, Variable = surroundings.Variable });
        EngineInfo? info = await ExamineAsync(findings, "engine", async () =>
        {
            EngineInfo found = await engine.ProbeAsync(cancellationToken);
            return (found, $"{found.Name} {found.Version} at {found.Endpoint}");
        });
        await ExamineGpusAsync(findings, info, cancellationToken);
        GitHubScope scope = GitHubScope.Parse(configuration.Scope, surroundings.Variable("GITHUB_ACTIONS_FORCE_GHES") is { Length: > 0 });
        using var http = new GitHubHttp(GitHubHandlers.Create(configuration.CertificateFile), surroundings.Retries with { Count = 1 }, surroundings.Time, NullLogger.Instance) { UserAgent = UserAgents.Build(surroundings.Version, 0) };
        IGitHubCredentials credentials = configuration.Authentication is { IsApp: true } app ? new AppCredentials(http, scope, app, surroundings.Variable) : new PersonalCredentials(configuration.Authentication.Token!, surroundings.Variable); // one of the two: the schema demands it
        using var disposable = credentials as IDisposable;
        var preparation = new PoolPreparation(engine, new RunnerReleases(http, scope, credentials), scope.IsHosted, DaemonIdentity.Find(configuration.DataDirectory), surroundings.Time, NullLogger.Instance);
        foreach (PoolConfiguration pool in info is null ? [] : configuration.Pools.DistinctBy(pool => pool.Image, StringComparer.Ordinal))
            await ExamineImageAsync(findings, engine, preparation, pool, cancellationToken);
        ExamineDisk(findings);
        await ExamineGitHubAsync(findings, http, scope, credentials, cancellationToken);
        return findings;
    }

    private async Task ExamineGpusAsync(List<DoctorFinding> findings, EngineInfo? info, CancellationToken cancellationToken)
    {
        int wanted = configuration.Pools.Max(pool => pool.Shape.Gpus);
        IReadOnlyList<Gpu>? gpus = await ExamineAsync(findings, "GPUs", async () =>
        {
            IReadOnlyList<Gpu> found = await new GpuProbe(configuration.Gpus, surroundings.Time).ReadAsync(cancellationToken);
            int well = found.Count(gpu => gpu.Defect is null);
            if (well < wanted)
                throw new GpuProbeException($"{well} of {found.Count} GPUs are well, and a pool wants {wanted}{string.Concat(found.Where(gpu => gpu.Defect is not null).Select(gpu => $"; GPU {gpu.Index}: {gpu.Defect}"))}. Install the driver, or change the pool.");
            return (found, found.Count == 0 ? "none, and none are wanted" : $"{well} of {found.Count} are well");
        });
        if (wanted == 0 || gpus is null || info is null)
            return;
        findings.Add(info.HasGpuRuntime || configuration.Gpus.ByVariable
            ? new DoctorFinding("GPU runtime", true, configuration.Gpus.ByVariable ? "by variable" : "nvidia")
            : new DoctorFinding("GPU runtime", false, "The engine has no NVIDIA runtime. Install the NVIDIA Container Toolkit, run 'nvidia-ctk runtime configure --runtime=docker', restart the engine."));
    }

    private static async Task ExamineImageAsync(List<DoctorFinding> findings, IContainerEngine engine, PoolPreparation preparation, PoolConfiguration pool, CancellationToken cancellationToken)
    {
        string? version = null;
        ImageInfo? image = await ExamineAsync(findings, $"image of {pool.Name}", async () =>
        {
            ImageInfo found = await engine.EnsureImageAsync(new ImageRequest { Reference = pool.Image }, new Progress<ImageProgress>(), cancellationToken);
            version = await preparation.ReadVersionAsync(pool, cancellationToken);
            return (found, $"{pool.Image}, {(version is null ? "its runner does not tell its version" : $"runner {version}")}");
        });
        if (image is null || version is null)
            return;
        try
        {
            if (await preparation.FindWarningAsync(pool, image, Version.Parse(version), cancellationToken) is { } warning)
                findings.Add(new DoctorFinding($"runner version of {pool.Name}", false, warning));
        }
        catch (RunnerConfigurationException exception)
        {
            findings.Add(new DoctorFinding($"runner version of {pool.Name}", false, exception.Message));
        }
    }

    private void ExamineDisk(List<DoctorFinding> findings)
    {
        try
        {
            long free = new DriveInfo(configuration.Disk.Path).AvailableFreeSpace;
            string text = string.Create(CultureInfo.InvariantCulture, $"{free / 1e9:0.0} GB free at {configuration.Disk.Path}");
            findings.Add(new DoctorFinding("disk", free >= configuration.Disk.LeastFreeBytes, free >= configuration.Disk.LeastFreeBytes ? text : $"{text}, less than disk.least-free: no job would be taken. Free some, or lower the limit."));
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            findings.Add(new DoctorFinding("disk", false, $"{configuration.Disk.Path} cannot be looked at: {exception.Message} Set disk.path."));
        }
    }

    private async Task ExamineGitHubAsync(List<DoctorFinding> findings, GitHubHttp http, GitHubScope scope, IGitHubCredentials credentials, CancellationToken cancellationToken)
    {
        string? token = await ExamineAsync(findings, "credentials", async () => (await credentials.GetTokenAsync(cancellationToken), configuration.Authentication.IsApp ? $"App {configuration.Authentication.ClientId}" : "a personal access token"));
        if (token is null)
            return;
        if (credentials is AppCredentials { Permissions: { } granted })
            findings.Add(AppPermissions.Examine(granted, scope, configuration));
        if (configuration.Pools.Any(pool => pool.Mode != JobSourceKind.ScaleSet))
            await ExamineAsync(findings, "runners", async () => (await new RestRegistry(new RestClient(http, scope, credentials)).ListAsync("", cancellationToken), $"the runners of {scope.Url} can be listed"));
        if (configuration.Pools.All(pool => pool.Mode != JobSourceKind.ScaleSet))
            return;
        using var connection = new ActionsConnection(http, scope, credentials);
        await ExamineAsync(findings, "scale sets", async () =>
        {
            GitHubResponse answer = await connection.SendAsync(HttpMethod.Get, $"runtime/runnerscalesets?runnerGroupId=1&name={Uri.EscapeDataString(configuration.Pools[0].Name)}", null, $"reach the Actions service of {scope.Url}", cancellationToken);
            if (answer.Date is { } theirs && (surroundings.Time.GetUtcNow() - theirs).Duration() is var skew)
                findings.Add(new DoctorFinding("clock", skew < MostSkew, skew < MostSkew ? "as GitHub's" : $"{skew.TotalSeconds:0} s off GitHub's. Switch time synchronization on (timedatectl set-ntp true)."));
            return (answer, $"the Actions service answers for {scope.Url}");
        });
    }

    private static async Task<T?> ExamineAsync<T>(List<DoctorFinding> findings, string name, Func<Task<(T Result, string Text)>> examine)
        where T : class
    {
        try
        {
            (T result, string text) = await examine();
            findings.Add(new DoctorFinding(name, true, text));
            return result;
        }
        catch (Exception exception) when (exception is EngineException or GitHubException or RunnerConfigurationException or GpuProbeException)
        {
            findings.Add(new DoctorFinding(name, false, exception.Message));
            return null;
        }
    }
}
