using CmlNet.Containers;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions;

/// <summary>A command that an action runs in its job and whose answer it reads.</summary>
internal static class JobCommand
{
    /// <returns>The exit code and what was written to standard output, without the last line end.</returns>
    public static async Task<(int ExitCode, string Output, string Error)> AskAsync(StepInvocation invocation, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var output = new CapturedOutput();
        var spec = new ExecSpec { Command = command, Environment = invocation.Environment, WorkingDirectory = invocation.State.Paths.Workspace };
        ExecResult result = await invocation.Container.ExecAsync(spec, output, cancellationToken);
        return (result.ExitCode, output.Text(StandardStream.Output).TrimEnd('\n'), output.Text(StandardStream.Error).TrimEnd('\n'));
    }
}
