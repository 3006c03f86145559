using System.Diagnostics;

namespace CmlNet.Benchmarks;

/// <summary>Runs programs and takes their time, from before the start to after the exit and the end of both streams.</summary>
internal static class Command
{
    /// <summary>Returns the wall time in milliseconds. Throws when the program does not end with 0.</summary>
    public static async Task<double> TimeAsync(string program, IReadOnlyList<string> arguments, string folder, CancellationToken cancellationToken)
        => (await RunAsync(program, arguments, folder, cancellationToken)).Milliseconds;

    /// <summary>Returns standard output. Throws when the program does not end with 0.</summary>
    public static async Task<string> OutputAsync(string program, IReadOnlyList<string> arguments, string folder, CancellationToken cancellationToken)
        => (await RunAsync(program, arguments, folder, cancellationToken)).Output;

    private static async Task<(double Milliseconds, string Output)> RunAsync(string program, IReadOnlyList<string> arguments, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        // The run must not depend on what surrounds the benchmark.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("CML_", StringComparison.Ordinal) || name.StartsWith("GITHUB_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        long began = Stopwatch.GetTimestamp();
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new BenchmarkException($"{program} does not start: {e.Message}");
        }
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        string text = await output;
        string errors = await error;
        double milliseconds = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return process.ExitCode == 0
            ? (milliseconds, text)
            : throw new BenchmarkException($"`{Path.GetFileName(program)} {string.Join(' ', arguments.Take(3))}` ended with exit code {process.ExitCode}: {LastLine(errors) ?? LastLine(text) ?? "no output"}");
    }

    private static string? LastLine(string text)
        => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
}
