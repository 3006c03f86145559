namespace CmlNet.Workflows.Execution.Steps;

/// <summary>What a step does once it has been decided that it runs: a script, or an action.</summary>
internal interface IStepBody
{
    /// <summary>The exit code, 0 when no process was involved. A failure that is not an exit code is a <see cref="StepFailedException"/>.</summary>
    Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken);
}
