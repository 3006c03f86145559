using CmlNet.Runner.Control;
using CmlNet.Testing.Actions;
using CmlNet.Testing.Actions.Engine;
using CmlNet.Testing.Actions.State;
using CmlNet.Testing.GitHub;

namespace CmlNet.Runner.Tests.Daemon;

/// <summary>A daemon process against the fake service and the fake engine: everything that can be made to fail at a chosen moment.</summary>
internal sealed class ProcessScene : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private ProcessScene(FakeActionsService service)
    {
        Service = service;
        Engine = new FakeEngine(service, _folder["engine.sock"]);
        Daemon = new DaemonProcess(_folder["runner.yaml"], new Dictionary<string, string>(StringComparer.Ordinal) { ["SCENE_TOKEN"] = "ghp_test", ["DOCKER_HOST"] = Engine.Address });
    }

    public FakeActionsService Service { get; }

    public FakeEngine Engine { get; }

    public DaemonProcess Daemon { get; }

    public string Folder => _folder.Path;

    public string Socket => _folder["data/runner.sock"];

    public static async Task<ProcessScene> StartAsync(string yaml, FakeGitHub? gitHub = null, int gpus = 4)
    {
        var scene = new ProcessScene(await FakeActionsService.StartAsync(gitHub: gitHub));
        scene.Service.Allow("ghp_test", isInstallation: false);
        scene.Service.Behavior.PollTime = TimeSpan.FromMilliseconds(500);
        await scene.Engine.StartAsync();
        File.WriteAllText(scene._folder["smi"], "#!/bin/sh\n" + string.Concat(Enumerable.Range(0, gpus).Select(i => $"echo '{i}, GPU-{i}, 40960, 0, 0, 50, Disabled, 0, Simulated'\n")));
        File.SetUnixFileMode(scene._folder["smi"], (UnixFileMode)0b111_101_101);
        scene.Configure(yaml);
        return scene;
    }

    /// <summary>What the next daemon is told.</summary>
    /// <param name="yaml">Pools and anything else of the file.</param>
    /// <param name="scope">Another one than the service's organization.</param>
    public void Configure(string yaml, string? scope = null) => File.WriteAllText(_folder["runner.yaml"], $$"""
        scope: {{scope ?? Service.OrganizationUrl}}
        authentication: { token: { env: SCENE_TOKEN } }
        name: box
        data: {{_folder["data"]}}
        gpus: { query: {{_folder["smi"]}} }
        disk: { least-free: 0 }
        {{yaml.ReplaceLineEndings("\n        ")}}
        """.Replace("\n        ", "\n", StringComparison.Ordinal));

    public async Task StartDaemonAsync(params IReadOnlyList<string> wrapper)
    {
        Daemon.Start(wrapper);
        await Daemon.ReadyAsync(Socket);
    }

    public async Task<StatusReport> StatusAsync()
    {
        using var client = new ControlClient(Socket);
        return await client.StatusAsync(CancellationToken.None);
    }

    /// <summary>A job of pool <c>one</c> that runs until it is let go, and is known to the daemon.</summary>
    public async Task<FakeJob> RunningAsync()
    {
        FakeJob job = Service.Queue("one", "hold");
        await Polling.UntilAsync(() => job.State == FakeJobState.Running && Daemon.Log.Contains("took job", StringComparison.Ordinal), () => $"it runs: {Daemon.LastWords}");
        return job;
    }

    /// <summary>Waits until the jobs are done and nothing is left anywhere.</summary>
    public async Task UntilCleanAsync(params IReadOnlyList<FakeJob> jobs)
    {
        await Polling.UntilAsync(() => jobs.All(job => job.State == FakeJobState.Completed), () => $"the jobs are done: {Daemon.LastWords}");
        await Polling.UntilAsync(() => Engine.Present.Count == 0 && Service.State.Read(() => Service.State.Agents.Count) == 0, () => $"nothing is left: {string.Join(", ", Engine.Present)} {Daemon.LastWords}");
    }

    public async ValueTask DisposeAsync()
    {
        Daemon.Dispose();
        await Engine.DisposeAsync();
        await Service.DisposeAsync();
        _folder.Dispose();
    }
}
