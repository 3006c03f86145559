using CmlNet.Containers;
using CmlNet.Workflows.Execution.Masking;

namespace CmlNet.Workflows.Execution.Steps;

/// <summary>Runs a process whose output is its step's.</summary>
internal static class StepProcess
{
    /// <param name="invocation">The step.</param>
    /// <param name="run">Starts the process and waits for its end.</param>
    /// <param name="workspace">Where the process sees the workspace; null for where the job does.</param>
    public static async Task<int> RunAsync(StepInvocation invocation, Func<IOutputSink, Task<ExecResult>> run, string? workspace = null)
    {
        var lines = new LineSplitter(new StepOutputSink(invocation, workspace), invocation.Run.Masker);
        try
        {
            ExecResult result = await run(lines);
            return result.ExitCode;
        }
        finally
        {
            // The last line may have no end; it is wanted even when the step was stopped.
            await lines.CompleteAsync(CancellationToken.None);
        }
    }
}
