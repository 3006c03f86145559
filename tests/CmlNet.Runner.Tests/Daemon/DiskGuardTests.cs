using System.Diagnostics;
using CmlNet.Testing.Actions.State;

namespace CmlNet.Runner.Tests.Daemon;

/// <summary>A daemon on a disk of sixteen megabytes, which is the machine's memory in truth.</summary>
public sealed class DiskGuardTests : IAsyncLifetime, IDisposable
{
    private const int Most = 16_000_000;
    private readonly TemporaryFolder _disk = new();
    private bool _isMounted;

    public async Task InitializeAsync() => _isMounted = await RunAsync("mount", "-t", "tmpfs", "-o", $"size={Most}", "cmlnet-test", _disk.Path) == 0;

    public async Task DisposeAsync()
    {
        if (_isMounted)
            await RunAsync("umount", _disk.Path);
    }

    public void Dispose() => _disk.Dispose();

    [SkippableFact]
    public async Task Run_DiskIsFull_TakesNoJobUntilThereIsRoom()
    {
        await using DaemonScene scene = await StartAsync();
        string waste = Fill();
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.ScaleSets[0].Capacity) == 0, "GitHub is told that there is no room");
        FakeJob job = scene.Service.Queue("gpu1");
        int polls = scene.Service.Requests.Count;
        await Polling.UntilAsync(() => scene.Service.Requests.Count > polls + 5, "some more polls");
        Assert.Equal((FakeJobState.Available, 0), (job.State, scene.Host.Created));

        File.Delete(waste);

        await Polling.UntilAsync(() => job.State == FakeJobState.Completed, "the job is done");
    }

    [SkippableFact]
    public async Task Run_ImagesThatNobodyUsesTakeTheRoom_AreRemovedAndJobsGoOn()
    {
        await using DaemonScene scene = await StartAsync();
        int cleanings = 0;
        bool isClosed = false;
        scene.Engine.Cleaning = () =>
        {
            // It may take minutes: no job is taken meanwhile.
            isClosed = SpinWait.SpinUntil(() => scene.Service.State.Read(() => scene.Service.State.ScaleSets[0].Capacity) == 0, Polling.Patience);
            cleanings++;
            File.Delete(_disk["waste"]);
        };
        Fill();
        await Polling.UntilAsync(() => cleanings > 0, "they are removed");
        FakeJob job = scene.Service.Queue("gpu1");
        await Polling.UntilAsync(() => job.State == FakeJobState.Completed, "the job is done");
        Assert.Equal((true, 1), (isClosed, cleanings));
    }

    [SkippableFact]
    public async Task Run_DiskFillsUpWhileAJobRuns_JobGoesOn()
    {
        await using DaemonScene scene = await StartAsync();
        FakeJob running = scene.Service.Queue("gpu1", "hold");
        await Polling.UntilAsync(() => scene.HasEvent("job_started"), "it runs");
        Fill();
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.ScaleSets[0].Capacity) == 0, "there is no room for more");
        Assert.Equal(FakeJobState.Running, running.State);
        await scene.Control.PostAsync($"/cancel?name={running.Name}", CancellationToken.None);
        await Polling.UntilAsync(() => scene.Host.Present == 0, "it ends when it is told to");
    }

    private async Task<DaemonScene> StartAsync()
    {
        Skip.IfNot(_isMounted, "Only root may mount a file system here.");
        DaemonScene scene = await DaemonScene.StartAsync();
        scene.Disk = $"{{ path: {_disk.Path}, least-free: 8MB }}";
        scene.Adjust = surroundings => surroundings with { Times = surroundings.Times with { DiskCheck = TimeSpan.FromMilliseconds(50) } };
        await scene.StartDaemonAsync();
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.ScaleSets is [{ Capacity: > 0 }]), "there is room at first");
        return scene;
    }

    private string Fill()
    {
        string path = _disk["waste"];
        File.WriteAllBytes(path, new byte[Most - 2_000_000]);
        return path;
    }

    private static async Task<int> RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!; // a new process, so not null
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
