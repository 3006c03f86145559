using System.Diagnostics;
using System.Globalization;
using System.Net;
using CmlNet.Testing.Actions;

namespace CmlNet.Benchmarks;

/// <summary>The runner daemon as a process, and the fake of GitHub's side that it talks to.</summary>
internal sealed class BenchDaemon : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private volatile string _last = "";

    private BenchDaemon(FakeActionsService service, Process process) => (Service, _process) = (service, process);

    public FakeActionsService Service { get; }

    /// <summary>Time on a CPU so far, in milliseconds.</summary>
    public double CpuMilliseconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalMilliseconds;
        }
    }

    /// <summary>Resident memory in bytes.</summary>
    public long MemoryBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <param name="setting">Of the run.</param>
    /// <param name="address">Where the fake listens.</param>
    /// <param name="pollTime">How long a poll of the fake waits.</param>
    /// <param name="pools">Lines under <c>pools:</c>.</param>
    /// <param name="cancellationToken">Ends the wait for its readiness.</param>
    public static async Task<BenchDaemon> StartAsync(BenchmarkSetting setting, IPAddress address, TimeSpan pollTime, IReadOnlyList<string> pools, CancellationToken cancellationToken)
    {
        FakeActionsService service = await FakeActionsService.StartAsync(address);
        service.Allow("bench-token", isInstallation: false);
        service.Behavior.PollTime = pollTime;
        string folder = Directory.CreateDirectory(Path.Combine(setting.Work, $"runner-{Guid.NewGuid():N}")).FullName;
        string file = Path.Combine(folder, "runner.yaml");
        await File.WriteAllTextAsync(file, $"scope: {service.OrganizationUrl}\nauthentication: {{ token: {{ env: BENCH_TOKEN }} }}\nname: bench\ndata: {folder}/data\ndisk: {{ least-free: 0 }}\npools:\n{string.Concat(pools.Select(pool => $"  - {pool}\n"))}", cancellationToken);
        var start = new ProcessStartInfo(setting.Binary, ["runner", "start", "--config", file]) { RedirectStandardError = true, UseShellExecute = false };
        start.Environment["BENCH_TOKEN"] = "bench-token";
        Process process = Process.Start(start) ?? throw new BenchmarkException("the daemon does not start");
        var daemon = new BenchDaemon(service, process);
        process.ErrorDataReceived += (_, line) => daemon._last = line.Data ?? daemon._last;
        process.BeginErrorReadLine();
        await daemon.UntilAsync(() => service.State.Read(() => service.State.ScaleSets.Count(set => set.Capacity > 0)) == pools.Count, "every pool takes jobs", cancellationToken);
        return daemon;
    }

    public async Task UntilAsync(Func<bool> condition, string what, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
                throw new BenchmarkException($"the daemon {(_process.HasExited ? $"ended with {_process.ExitCode.ToString(CultureInfo.InvariantCulture)}" : "took too long")}; waited until {what}; its last words: {_last}");
            await Task.Delay(2, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using Process terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await terminate.WaitForExitAsync();
            using var limit = new CancellationTokenSource(Patience);
            await _process.WaitForExitAsync(limit.Token);
        }

        _process.Dispose();
        await Service.DisposeAsync();
    }
}
