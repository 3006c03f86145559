using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Fleet.Docker;

/// <summary>Runners as containers of a Docker engine.</summary>
internal sealed class DockerRunnerHost : IRunnerHost, IRunnerInspection
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(15);

    private readonly IContainerEngine _engine;
    private readonly IDetachedContainers _containers;
    private readonly IContainerWatch _watch;
    private readonly IContainerFiles _files;
    private readonly IContainerCleaner _cleaner;
    private readonly JobFolders _folders;
    private readonly RunnerSpecBuilder _builder;
    private readonly string _daemonId;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <exception cref="RunnerConfigurationException">The engine cannot do what is needed of it.</exception>
    public DockerRunnerHost(IContainerEngine engine, string daemonId, string jobsDirectory, RunnerSpecBuilder builder, TimeProvider time, ILogger logger)
    {
        (_containers, _watch, _files, _cleaner) = engine is IDetachedContainers detached && engine is IContainerWatch watch && engine is IContainerFiles files && engine is IContainerCleaner cleaner
            ? (detached, watch, files, cleaner)
            : throw new RunnerConfigurationException($"The engine '{engine.Name}' cannot run containers by themselves. Use engine: docker.");
        _folders = new JobFolders(_containers, _watch, _cleaner, daemonId, jobsDirectory, time);
        (_engine, _daemonId, _builder, _time, _logger) = (engine, daemonId, builder, time, logger);
    }

    public async Task<string> CreateAsync(RunnerPlan plan, CancellationToken cancellationToken)
    {
        string? network = plan.Pool.Network switch { "own" => plan.Name, "shared" => null, var other => other };
        if (network == plan.Name)
            await _engine.CreateNetworkAsync(plan.Name, _builder.Labels(plan), cancellationToken);
        JobPlace? place = plan.Pool.HasEngineSocket ? new JobPlace(_folders.PathOf(plan.Name), await _folders.MakeAsync(plan, cancellationToken), RunnerMark.Find(plan.JitConfiguration)) : null;
        string id = await _containers.CreateAsync(_builder.Build(plan, network, place), cancellationToken);
        await _files.PutAsync(id, "/", RunnerFiles.Build(plan.JitConfiguration, plan.Pool.Report.LimitBytes), cancellationToken);
        return id;
    }

    public Task StartAsync(string containerId, CancellationToken cancellationToken) => _containers.StartAsync(containerId, cancellationToken);

    public async Task<RunnerExit> ObserveAsync(string containerId, CancellationToken cancellationToken)
    {
        TimeSpan delay = FirstDelay;
        while (true)
        {
            try
            {
                // The engine answers a wait when it is stopped itself, too: only the state is believed.
                await _watch.WaitAsync(containerId, cancellationToken);
                delay = FirstDelay;
            }
            catch (EngineException exception)
            {
                FleetLog.ObservationLost(_logger, containerId, exception.Message);
            }

            if (await FindExitAsync(containerId, cancellationToken) is { } exit)
                return exit;
            await Task.Delay(delay, _time, cancellationToken);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    public Task StopAsync(string containerId, CancellationToken cancellationToken) => _containers.StopAsync(containerId, cancellationToken);

    public async Task RemoveAsync(string runnerName, CancellationToken cancellationToken)
    {
        IReadOnlyList<Leftover> own = await _cleaner.FindAsync($"{RunnerLabels.Runner}={runnerName}", cancellationToken);
        string? mark = LabelOf(own, RunnerLabels.Children), image = LabelOf(own, RunnerLabels.Folder);
        // Its children first, since its own label is what leads to them; and once more when it can make no others.
        await RemoveAllAsync(mark, cancellationToken);
        if (image is not null)
            await _containers.StopAsync(own.First(leftover => leftover.Kind == LeftoverKind.Container).Id, cancellationToken);
        await RemoveAllAsync(mark, cancellationToken);
        if (image is not null)
            await _folders.RemoveAsync(runnerName, image, cancellationToken);
        // Containers come before networks.
        foreach (Leftover leftover in own)
            await _cleaner.RemoveAsync(leftover, cancellationToken);
    }

    private async Task RemoveAllAsync(string? label, CancellationToken cancellationToken)
    {
        foreach (Leftover leftover in label is null ? [] : await _cleaner.FindAsync(label, cancellationToken))
            await _cleaner.RemoveAsync(leftover, cancellationToken);
    }

    private static string? LabelOf(IReadOnlyList<Leftover> own, string label) => own.Where(leftover => leftover.Kind == LeftoverKind.Container).Select(leftover => leftover.Labels.GetValueOrDefault(label)).FirstOrDefault(value => value is { Length: > 0 });

    public async Task<IReadOnlyList<HostedRunner>> ListAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Leftover> found = await _cleaner.FindAsync($"{RunnerLabels.Daemon}={_daemonId}", cancellationToken);
        return [.. found.GroupBy(leftover => leftover.Labels.GetValueOrDefault(RunnerLabels.Runner) ?? leftover.Name, StringComparer.Ordinal).Select(Describe)];
    }

    public Task ReadLogsAsync(string containerId, int lines, bool follow, IOutputSink output, CancellationToken cancellationToken) => _watch.ReadLogsAsync(containerId, lines, follow, output, cancellationToken);

    public Task<ContainerUsage?> ReadUsageAsync(string containerId, CancellationToken cancellationToken) => _watch.ReadUsageAsync(containerId, cancellationToken);

    public Task<Stream?> CollectAsync(string containerId, CancellationToken cancellationToken) => _files.GetAsync(containerId, RunnerSpecBuilder.Outbox, cancellationToken);

    private static HostedRunner Describe(IGrouping<string, Leftover> parts)
    {
        Leftover? container = parts.FirstOrDefault(part => part.Kind == LeftoverKind.Container);
        Leftover any = container ?? parts.First();
        return new HostedRunner(parts.Key, any.Labels.GetValueOrDefault(RunnerLabels.Pool) ?? "", container?.Id, container?.State is "running" or "paused" or "restarting", container is not null && container.State != "created");
    }

    // Null while it runs, or while the engine does not answer.
    private async Task<RunnerExit?> FindExitAsync(string containerId, CancellationToken cancellationToken)
    {
        try
        {
            ContainerState? state = await _watch.InspectAsync(containerId, cancellationToken);
            return state is null ? new RunnerExit(null, false) : state.IsRunning || !state.HasStarted ? null : new RunnerExit(state.ExitCode, state.IsOutOfMemory);
        }
        catch (EngineException)
        {
            return null;
        }
    }
}
