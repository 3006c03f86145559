using CmlNet.Containers;
using CmlNet.Workflows.Execution.Commands;
using CmlNet.Workflows.Execution.Masking;
using CmlNet.Workflows.Execution.Matchers;

namespace CmlNet.Workflows.Execution.Steps;

/// <summary>Lines of a step's process: workflow commands are carried out, the rest passes the job's problem matchers and is printed.</summary>
internal sealed class StepOutputSink : ILineSink
{
    private readonly StepInvocation _invocation;
    private readonly StepCommandSink _sink;
    private readonly AnnotationBudget _budget = new();
    private readonly CommandProcessor _commands;

    /// <param name="invocation">The step.</param>
    /// <param name="workspace">Where its process sees the workspace; null for where the job does.</param>
    public StepOutputSink(StepInvocation invocation, string? workspace = null)
    {
        _invocation = invocation;
        _sink = new StepCommandSink(invocation);
        _commands = new CommandProcessor(
            _sink,
            invocation.Run.Masker,
            _budget,
            new CommandOptions
            {
                AllowUnsecureCommands = IsTrue(invocation, "ACTIONS_ALLOW_UNSECURE_COMMANDS"),
                AllowUnsecureStopTokens = IsTrue(invocation, "ACTIONS_ALLOW_UNSECURE_STOPCOMMAND_TOKENS"),
                IsDebug = IsTrue(invocation, "ACTIONS_STEP_DEBUG") || (invocation.Environment.TryGetValue("RUNNER_DEBUG", out string? debug) && debug == "1"),
                Workspace = workspace ?? invocation.State.Paths.Workspace,
            });
        invocation.State.Matchers.BeginStep(message => invocation.Log.Write($"##[warning]{message}"));
    }

    public ValueTask WriteLineAsync(StandardStream stream, string line, bool isPiece, CancellationToken cancellationToken)
    {
        if (isPiece)
            _invocation.Log.Write(line);
        else if (_commands.Process(line) is { } printed)
        {
            foreach (string replacement in printed)
                _invocation.Log.Write(replacement);
        }
        else
            Print(line);
        return ValueTask.CompletedTask;
    }

    private void Print(string line)
    {
        MatcherFinding? finding = _invocation.State.Matchers.Match(line);
        if (finding is not null && _budget.TryTake(finding.Annotation.Level))
            _sink.Annotate(finding.Annotation);
        _invocation.Log.Write(finding?.LogLine ?? line);
    }

    private static bool IsTrue(StepInvocation invocation, string name) =>
        invocation.Environment.TryGetValue(name, out string? value) && value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
