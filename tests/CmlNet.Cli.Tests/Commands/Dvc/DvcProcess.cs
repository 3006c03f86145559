using System.Diagnostics;
using System.Text;

namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary><c>cml dvc</c> as a process of its own, which can be killed: what <c>CML_BINARY</c> names, else the build's.</summary>
internal sealed class DvcProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private DvcProcess(Process process) => _process = process;

    public static string Binary => Environment.GetEnvironmentVariable("CML_BINARY") is { Length: > 0 } named && File.Exists(named) ? named : Path.Combine(AppContext.BaseDirectory, "cml");

    public bool HasExited => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static DvcProcess Start(DvcFolder folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Binary, ["dvc", .. arguments]) { WorkingDirectory = folder.Root, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach ((string name, string value) in folder.Environment)
            start.Environment[name] = value;
        var started = new DvcProcess(new Process { StartInfo = start });
        started._process.OutputDataReceived += started.Keep;
        started._process.ErrorDataReceived += started.Keep;
        started._process.Start();
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        return started;
    }

    /// <summary>Runs one that must succeed.</summary>
    public static async Task<string> OkAsync(DvcFolder folder, params string[] arguments)
    {
        using DvcProcess process = Start(folder, arguments);
        Assert.True(await process.EndAsync() == 0, $"dvc {string.Join(' ', arguments)}: {process.Output}");
        return process.Output;
    }

    /// <summary>As <c>kill -9</c>: it cannot do anything about it.</summary>
    public void Kill()
    {
        _process.Kill();
        // With a limit it does not wait for the end of the streams, which a command that goes on still holds.
        _process.WaitForExit(TimeSpan.FromSeconds(30));
    }

    /// <summary>Waits until a condition holds, or the process has ended.</summary>
    public async Task<bool> UntilAsync(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (HasExited)
                return false;
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"within a minute: {what}: {Output}");
            await Task.Delay(2);
        }

        return true;
    }

    public async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.Append(line.Data).Append('\n');
    }
}
