using System.ComponentModel;
using System.Diagnostics;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Execution;

/// <summary>The <c>git</c> program: arguments as a list, no shell, no prompts.</summary>
internal static class Git
{
    /// <exception cref="StepFailedException">There is no git on this machine.</exception>
    public static async Task<GitResult> RunAsync(IReadOnlyList<string> arguments, string directory, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        try
        {
            using Process process = Process.Start(start) ?? throw new StepFailedException("git could not be started.");
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new GitResult(process.ExitCode, await output, await error);
        }
        catch (Win32Exception e)
        {
            throw new StepFailedException("git is needed for this and was not found on PATH; install it.", e);
        }
    }
}
