using System.Net;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Control;
using CmlNet.Runner.Daemon;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Jobs.GitHub.Rest;
using CmlNet.Runner.Jobs.GitHub.ScaleSets;
using CmlNet.Testing.Actions;

namespace CmlNet.Runner.Tests.Daemon;

/// <summary>A daemon in this process against the fake service, with hosts of either kind.</summary>
internal sealed class DaemonScene : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private CancellationTokenSource _drain = new();
    private CancellationTokenSource _cancel = new();
    private Task<string> _running = Task.FromResult("");

    private DaemonScene(FakeActionsService service)
    {
        Service = service;
        Host = new SimulatedHost(service);
    }

    /// <summary>Unlike any other daemon's on the same engine.</summary>
    public string Name { get; } = $"box{Guid.NewGuid().ToString("N")[..6]}";

    public FakeActionsService Service { get; }

    public SimulatedHost Host { get; }

    public SimulatedEngine Engine { get; } = new();

    public bool HasRealEngine { get; init; }

    public List<DaemonEvent> Events { get; } = [];

    /// <summary>Pools and anything else of the file.</summary>
    public string Yaml { get; set; } = "pools: [{ name: gpu1, max: 4 }]";

    /// <summary>The organization's address, unless set.</summary>
    public string? Scope { get; set; }

    /// <summary>What stands under <c>disk</c>.</summary>
    public string Disk { get; set; } = "{ least-free: 0 }";

    /// <summary>How many GPUs the driver lists.</summary>
    public int Gpus { get; set; }

    /// <summary>How often the driver is asked.</summary>
    public string GpuInterval { get; set; } = "30s";

    public Func<DaemonSurroundings, DaemonSurroundings> Adjust { get; set; } = surroundings => surroundings;

    public ControlClient Control { get; private set; } = null!; // set by StartDaemon

    public string Folder => _folder.Path;

    public static async Task<DaemonScene> StartAsync(bool hasRealEngine = false, CmlNet.Testing.GitHub.FakeGitHub? gitHub = null)
    {
        IPAddress? address = hasRealEngine ? await RunnerImage.FindGatewayAsync() : null;
        var scene = new DaemonScene(await FakeActionsService.StartAsync(address, gitHub)) { HasRealEngine = hasRealEngine };
        scene.Service.Allow("ghp_test", isInstallation: false);
        scene.Service.Behavior.PollTime = TimeSpan.FromMilliseconds(400);
        return scene;
    }

    public RunnerConfiguration Configure()
    {
        WriteGpus([.. Enumerable.Range(0, Gpus).Select(i => $"{i}, GPU-{i}, 40960, 0, 0, 50, Disabled, 0, Simulated")]);
        string text = $"scope: {Scope ?? Service.OrganizationUrl}\nauthentication: {{ token: {{ env: TOKEN }} }}\nname: {Name}\ndata: {_folder["data"]}\ngpus: {{ query: {_folder["nvidia-smi"]}, attach: variable, interval: {GpuInterval} }}\ndisk: {Disk}\n{Yaml}\n";
        return new RunnerConfigurationReader("runner.yaml", _ => null).Read(text);
    }

    /// <summary>What the driver says from now on.</summary>
    public void WriteGpus(params IReadOnlyList<string> lines)
    {
        File.WriteAllText(_folder["gpus"], string.Concat(lines.Select(line => line + "\n")));
        if (File.Exists(_folder["nvidia-smi"]))
            return; // not written anew: it may be running
        File.WriteAllText(_folder["nvidia-smi"], $"#!/bin/sh\ncat '{_folder["gpus"]}'\n");
        File.SetUnixFileMode(_folder["nvidia-smi"], UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    public async Task StartDaemonAsync()
    {
        RunnerConfiguration configuration = Configure();
        (_drain, _cancel) = (new CancellationTokenSource(), new CancellationTokenSource());
        DaemonSurroundings surroundings = Adjust(new DaemonSurroundings
        {
            Version = "1.2.3",
            Variable = name => name switch { "TOKEN" => "ghp_test", "SECRET" => "hush", _ => null },
            Host = HasRealEngine ? null : Host,
            Engine = HasRealEngine ? null : Engine,
            Retries = new GitHubRetries { FirstDelay = TimeSpan.FromMilliseconds(10), LongestDelay = TimeSpan.FromMilliseconds(50) },
            ScaleSetTimes = new ScaleSetTimes { AfterConflict = TimeSpan.FromMilliseconds(50), AfterLoss = TimeSpan.FromMilliseconds(10) },

            FleetTimes = new FleetTimes { FirstCleanupRetry = TimeSpan.FromMilliseconds(20), LongestCleanupRetry = TimeSpan.FromMilliseconds(100), AfterFailure = [TimeSpan.Zero, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20)], Degraded = TimeSpan.FromMinutes(1) },
            Times = new DaemonTimes { FirstRestart = TimeSpan.FromMilliseconds(20), LongestRestart = TimeSpan.FromMilliseconds(200), Tick = TimeSpan.FromMilliseconds(100), OutboxTick = TimeSpan.FromMilliseconds(50), Sampling = TimeSpan.FromMilliseconds(200) },
            RestTimes = new RestTimes { Poll = TimeSpan.FromMilliseconds(100) },
            OnEvent = happened =>
            {
                lock (Events)
                    Events.Add(happened);
            },
        });
        _running = Task.Run(() => new RunnerDaemon(configuration, surroundings).RunAsync(_drain.Token, _cancel.Token));
        Control = new ControlClient(configuration.SocketPath);
        await Polling.UntilAsync(() => _running.IsCompleted || HasEvent("ready"), "the daemon is ready");
        if (!_running.IsFaulted)
            return;
        Task<string> failed = _running;
        _running = Task.FromResult("");
        await failed;
    }

    public bool HasEvent(string status)
    {
        lock (Events)
            return Events.Exists(happened => happened.Status == status);
    }

    public int CountEvents(string status)
    {
        lock (Events)
            return Events.Count(happened => happened.Status == status);
    }

    public Task DrainAsync() => _drain.CancelAsync();

    public Task CancelAsync() => _cancel.CancelAsync();

    public Task<string> EndedAsync() => _running.WaitAsync(Polling.Patience);

    public async Task<string> StopAsync()
    {
        await _drain.CancelAsync();
        return await EndedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _drain.CancelAsync();
        await _cancel.CancelAsync();
        await _running.WaitAsync(Polling.Patience);
        Control?.Dispose();
        await Service.DisposeAsync();
        _folder.Dispose();
    }
}
