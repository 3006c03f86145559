using CmlNet.Containers;
using CmlNet.Workflows.Execution.Commands;
using CmlNet.Workflows.Execution.Masking;

namespace CmlNet.Workflows.Execution.Steps;

/// <summary>Lines of a step's process: workflow commands are carried out, the rest is printed.</summary>
internal sealed class StepOutputSink(StepInvocation invocation) : ILineSink
{
    private readonly CommandProcessor _commands = new(
        new StepCommandSink(invocation),
        invocation.Run.Masker,
        new AnnotationBudget(),
        new CommandOptions
        {
            AllowUnsecureCommands = IsTrue(invocation, "ACTIONS_ALLOW_UNSECURE_COMMANDS"),
            AllowUnsecureStopTokens = IsTrue(invocation, "ACTIONS_ALLOW_UNSECURE_STOPCOMMAND_TOKENS"),
            IsDebug = IsTrue(invocation, "ACTIONS_STEP_DEBUG") || (invocation.Environment.TryGetValue("RUNNER_DEBUG", out string? debug) && debug == "1"),
            Workspace = invocation.State.Paths.Workspace,
        });

    public ValueTask WriteLineAsync(StandardStream stream, string line, bool isPiece, CancellationToken cancellationToken)
    {
        if (!isPiece && _commands.Process(line) is { } printed)
        {
            foreach (string replacement in printed)
                invocation.Log.Write(replacement);
        }
        else
            invocation.Log.Write(line);
        return ValueTask.CompletedTask;
    }

    private static bool IsTrue(StepInvocation invocation, string name) =>
        invocation.Environment.TryGetValue(name, out string? value) && value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
