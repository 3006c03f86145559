using System.ComponentModel;
using System.Diagnostics;

namespace CmlNet.Workflows.Execution.Repository;

/// <summary>The <c>git</c> program in a directory: arguments as a list, no shell, no prompt, no hook or monitor of the repository.</summary>
internal sealed class GitProgram(string directory)
{
    private static readonly string[] Guards = ["--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false", "-c", "log.showSignature=false"];

    /// <summary>Standard output without its last line end, or null when git is missing or says no (outside a repository, unknown ref, …).</summary>
    public async Task<string?> AskAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        await RunAsync(arguments, cancellationToken) is { ExitCode: 0 } result ? result.Output.TrimEnd('\n') : null;

    /// <summary>How the command ended; null when there is no git on this machine.</summary>
    public async Task<GitResult?> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (Start(arguments) is not { } process)
            return null;

        using (process)
        {
            try
            {
                process.StandardInput.Close();
                Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
                Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
                await Task.WhenAll(output, error);
                await process.WaitForExitAsync(cancellationToken);
                return new GitResult(process.ExitCode, await output, await error);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
    }

    private Process? Start(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("git", [.. Guards, .. arguments])
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_NO_LAZY_FETCH"] = "1";
        start.Environment["LC_ALL"] = "C";
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            // No git on this machine: everything that depends on it has a fallback.
            return null;
        }
    }
}
