using System.Globalization;
using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Fleet.Docker;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Jobs.GitHub;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Daemon;

/// <summary>Makes a pool ready before GitHub is told that it can take jobs: they wait minutes only for a runner, and a pull may take longer.</summary>
/// <param name="engine">Where its image is to be.</param>
/// <param name="releases">Of the runner; null when nobody can be asked.</param>
/// <param name="isHosted">GitHub's own service, not a server.</param>
/// <param name="daemonId">Label of what is made on the engine for a moment, so that the next daemon removes what a killed one left; null for none.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of warnings.</param>
internal sealed class PoolPreparation(IContainerEngine engine, RunnerReleases? releases, bool isHosted, string? daemonId, TimeProvider time, ILogger logger)
{
    private const int WarnAfterDays = 20;
    private static readonly TimeSpan VersionTimeout = TimeSpan.FromMinutes(1);

    /// <exception cref="EngineException">The image cannot be had, or the engine lacks what the pool needs.</exception>
    /// <exception cref="RunnerConfigurationException">The image's runner is older than GitHub takes.</exception>
    public async Task PrepareAsync(PoolConfiguration pool, bool gpusByVariable, CancellationToken cancellationToken)
    {
        EngineInfo info = await engine.ProbeAsync(cancellationToken);
        if (pool.Shape.Gpus > 0 && !info.HasGpuRuntime && !gpusByVariable)
        {
            throw new EngineException(
                EngineErrorKind.GpuUnavailable,
                $"The engine at {info.Endpoint} has no NVIDIA runtime. Install the NVIDIA Container Toolkit, run 'nvidia-ctk runtime configure --runtime=docker' and restart the engine; or set gpus.attach: variable where NVIDIA's is the default runtime.");
        }

        ImageInfo image = await engine.EnsureImageAsync(new ImageRequest { Reference = pool.Image, AlwaysPull = pool.AlwaysPull }, new Progress<ImageProgress>(), cancellationToken);
        string? version = await ReadVersionAsync(pool, cancellationToken);
        FleetLog.ImageReady(logger, pool.Name, pool.Image, version is null ? "" : $", runner {version}");
        if (version is not null)
            await JudgeAsync(pool, image, Version.Parse(version), cancellationToken);
    }

    /// <summary>Whether GitHub will take a version, and for how long: null when all is well.</summary>
    /// <exception cref="RunnerConfigurationException">It will not.</exception>
    public async Task<string?> FindWarningAsync(PoolConfiguration pool, ImageInfo image, Version version, CancellationToken cancellationToken)
    {
        if (isHosted && version < RunnerReleases.Minimum)
            throw new RunnerConfigurationException($"The runner {version} in {pool.Image} is older than {RunnerReleases.Minimum}, the oldest that GitHub registers. Update the image.");
        IReadOnlyList<RunnerRelease>? known = null;
        try
        {
            known = releases is null ? null : await releases.ReadAsync(cancellationToken);
        }
        catch (GitHubException exception)
        {
            // The list is for a warning; jobs run without it.
            JobLog.SourceFailed(logger, pool.Name, exception.Message, 0);
        }

        if (known is { Count: > 0 })
        {
            return RunnerReleases.DaysBehind(version, known, time.GetUtcNow()) is { } behind && behind > WarnAfterDays
                ? $"the runner {version} in {pool.Image} has been out of date for {behind.ToString(CultureInfo.InvariantCulture)} days; GitHub sends it no jobs {RunnerReleases.DaysToUpdate} days after the next release. {RunnerReleases.Advice(known)}"
                : null;
        }

        // Without a list, the image's age says as much.
        int days = image.Created is { } created ? (int)(time.GetUtcNow() - created).TotalDays : 0;
        return days > WarnAfterDays ? $"{pool.Image} with runner {version} is {days.ToString(CultureInfo.InvariantCulture)} days old; GitHub sends a runner no jobs {RunnerReleases.DaysToUpdate} days after the next release. Update the image." : null;
    }

    private async Task JudgeAsync(PoolConfiguration pool, ImageInfo image, Version version, CancellationToken cancellationToken)
    {
        if (await FindWarningAsync(pool, image, version, cancellationToken) is { } warning)
            DaemonLog.ImageOld(logger, pool.Name, warning);
    }

    /// <summary>The version of the runner in the image; null when the image does not say.</summary>
    public async Task<string?> ReadVersionAsync(PoolConfiguration pool, CancellationToken cancellationToken)
    {
        if (engine is not (IDetachedContainers containers and IContainerWatch watch and IContainerCleaner cleaner) || Path.GetDirectoryName(pool.Command[0]) is not { Length: > 1 } folder)
            return null;
        string name = $"cml-version-{Guid.NewGuid():N}";
        string? id = null;
        try
        {
            id = await containers.CreateAsync(new ContainerSpec { Name = name, Image = pool.Image, Entrypoint = [folder + "/bin/Runner.Listener"], Command = ["--version"], Network = "none", Labels = Labels(pool, name) }, cancellationToken);
            await containers.StartAsync(id, cancellationToken);
            using var limit = new CancellationTokenSource(VersionTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            int code = await watch.WaitAsync(id, either.Token);
            var text = new ShortText();
            await watch.ReadLogsAsync(id, 5, follow: false, text, either.Token);
            return code == 0 && Version.TryParse(text.Output.Trim(), out Version? version) ? version.ToString() : null;
        }
        catch (Exception exception) when (exception is EngineException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null; // an image without the official runner in its usual place
        }
        finally
        {
            if (id is not null)
                await RemoveAsync(cleaner, id, name);
        }
    }

    // As a runner's: to a daemon that starts it is one that nobody knows.
    private Dictionary<string, string> Labels(PoolConfiguration pool, string name) => daemonId is null
        ? []
        : new Dictionary<string, string>(StringComparer.Ordinal) { [RunnerLabels.Daemon] = daemonId, [RunnerLabels.Pool] = pool.Name, [RunnerLabels.Runner] = name };

    private async Task RemoveAsync(IContainerCleaner cleaner, string id, string name)
    {
        using var limit = new CancellationTokenSource(VersionTimeout, time);
        try
        {
            await cleaner.RemoveAsync(new Leftover { Kind = LeftoverKind.Container, Id = id, Name = name, Labels = new Dictionary<string, string>(StringComparer.Ordinal) }, limit.Token);
        }
        catch (Exception exception) when (exception is EngineException or OperationCanceledException)
        {
            FleetLog.CleanupFailed(logger, "version", name, exception.Message);
        }
    }
}
