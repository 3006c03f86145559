using System.Diagnostics;
using System.Globalization;
using CmlNet.Runner.Control;

namespace CmlNet.Runner.Tests.Daemon;

/// <summary>The daemon as a process of its own: what CML_BINARY names, else the build's. It can be killed and started again.</summary>
internal sealed class DaemonProcess(string configuration, IReadOnlyDictionary<string, string> environment) : IDisposable
{
    private readonly List<string> _lines = [];
    private Process? _process;

    /// <summary>Whether it is the published program that runs.</summary>
    public static bool IsPublished => File.Exists(Environment.GetEnvironmentVariable("CML_BINARY"));

    public int Id => _process!.Id; // asked of a started one

    public bool HasExited => _process!.HasExited; // as above

    /// <summary>Everything it has written to standard error, over all its lives.</summary>
    public string Log
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines);
        }
    }

    public string LastWords
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines.TakeLast(15));
        }
    }

    /// <param name="wrapper">A program and its arguments that start it.</param>
    public void Start(params IReadOnlyList<string> wrapper)
    {
        string[] program = IsPublished
            ? [Environment.GetEnvironmentVariable("CML_BINARY")!] // it names a file that exists
            : ["dotnet", Path.Combine(AppContext.BaseDirectory.Replace($"tests{Path.DirectorySeparatorChar}CmlNet.Runner.Tests", $"src{Path.DirectorySeparatorChar}CmlNet.Cli", StringComparison.Ordinal), "cml.dll")];
        IReadOnlyList<string> line = [.. wrapper, .. program, "runner", "start", "--config", configuration];
        var start = new ProcessStartInfo(line[0], line.Skip(1)) { RedirectStandardError = true, UseShellExecute = false };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        _process?.Dispose();
        _process = Process.Start(start)!; // a new process, so not null
        _process.ErrorDataReceived += (_, written) =>
        {
            lock (_lines)
                _lines.Add(written.Data ?? "");
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits until it answers on its control socket.</summary>
    public async Task ReadyAsync(string socket)
    {
        using var client = new ControlClient(socket);
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await client.StatusAsync(CancellationToken.None);
                return;
            }
            catch (ControlException)
            {
                Assert.True(!HasExited && TimeProvider.System.GetElapsedTime(began) < Polling.Patience, $"the daemon does not answer: {LastWords}");
                await Task.Delay(20);
            }
        }
    }

    public void Kill()
    {
        _process!.Kill(); // SIGKILL; it was started
        _process.WaitForExit();
    }

    public async Task SignalAsync(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async Task<int> EndedAsync()
    {
        using var limit = new CancellationTokenSource(Polling.Patience);
        await _process!.WaitForExitAsync(limit.Token); // it was started
        return _process.ExitCode;
    }

    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return await EndedAsync();
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
            _process.Kill();
        _process?.Dispose();
    }
}
