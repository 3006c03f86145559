using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CmlNet.Cli.Tests.Commands.Run;

/// <summary>A running <c>cml</c>, with both streams collected and nothing of the test's own CI environment in it.</summary>
internal sealed class CmlProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Lock _lock = new();

    private CmlProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Standard output so far.</summary>
    public string Output
    {
        get
        {
            lock (_lock)
                return _output.ToString();
        }
    }

    /// <summary>Runs to its end.</summary>
    public static async Task<CmlResult> RunAsync(string directory, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        await using CmlProcess process = Start(directory, arguments, environment);
        return await process.WaitAsync();
    }

    /// <param name="directory">Working directory.</param>
    /// <param name="arguments">After <c>cml</c>.</param>
    /// <param name="environment">Over the test's own; null removes.</param>
    /// <param name="wrapper">A program and its arguments that start cml, e.g. <c>setpriv</c>.</param>
    public static CmlProcess Start(string directory, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, params IReadOnlyList<string> wrapper)
    {
        IReadOnlyList<string> line = [.. wrapper, CmlBinary.Require(), .. arguments];
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (string name in start.Environment.Keys.Where(IsOfCi).ToList())
            start.Environment.Remove(name);
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>(StringComparer.Ordinal))
            start.Environment[name] = value;

        var result = new CmlProcess(new Process { StartInfo = start });
        result._process.OutputDataReceived += (_, line) => result.Append(result._output, line.Data);
        result._process.ErrorDataReceived += (_, line) => result.Append(result._error, line.Data);
        result._process.Start();
        result._process.StandardInput.Close();
        result._process.BeginOutputReadLine();
        result._process.BeginErrorReadLine();
        return result;
    }

    /// <summary>Waits until standard output or error holds the text.</summary>
    public Task SeesAsync(string text) => Until.TrueAsync(() => Contains(text), () => $"cml to print '{text}', but: {Snapshot()}", () => !_process.HasExited);

    /// <param name="name"><c>INT</c>, <c>TERM</c> or <c>KILL</c>, to cml alone and not to its children.</param>
    public async Task SignalAsync(string name)
    {
        using Process kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {_process.Id.ToString(CultureInfo.InvariantCulture)}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    public async Task<CmlResult> WaitAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"cml did not end in {Limit}. {Snapshot()}", e);
        }
        return Snapshot(_process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private bool Contains(string text)
    {
        lock (_lock)
            return _output.ToString().Contains(text, StringComparison.Ordinal) || _error.ToString().Contains(text, StringComparison.Ordinal);
    }

    private CmlResult Snapshot(int exitCode = -1)
    {
        lock (_lock)
            return new CmlResult(exitCode, _output.ToString(), _error.ToString());
    }

    private void Append(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (_lock)
            text.Append(line).Append('\n');
    }

    private static bool IsOfCi(string name) =>
        name is "CI" or "GH_TOKEN" or "REPO_TOKEN" or "repo_token" || name.StartsWith("GITHUB_", StringComparison.Ordinal) || name.StartsWith("RUNNER_", StringComparison.Ordinal);
}
