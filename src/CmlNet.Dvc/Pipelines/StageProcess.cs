using System.Diagnostics;

namespace CmlNet.Dvc.Pipelines;

/// <summary>One command of a stage as a process.</summary>
public static class StageProcess
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="start">What to start.</param>
    /// <param name="surroundings">Where its output goes.</param>
    /// <param name="endAsync">Ends it when it is cancelled; null kills it and what it started.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public static async Task<int> RunAsync(ProcessStartInfo start, StageSurroundings surroundings, Func<Task>? endAsync, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(surroundings);
        start.UseShellExecute = false;
        start.RedirectStandardOutput = start.RedirectStandardError = surroundings.Output is not null;
        foreach ((string name, string value) in surroundings.Variables)
            start.Environment[name] = value;
        using var process = new Process { StartInfo = start };
        if (surroundings.Output is { } output)
        {
            process.OutputDataReceived += (_, line) => Tell(output, line.Data);
            process.ErrorDataReceived += (_, line) => Tell(output, line.Data);
        }

        process.Start();
        if (surroundings.Output is not null)
        {
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            if (endAsync is not null)
                await endAsync();
            else
                process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        return process.ExitCode;
    }

    // The end of a stream comes as null.
    private static void Tell(Action<string> output, string? line)
    {
        if (line is not null)
            output(line);
    }
}
