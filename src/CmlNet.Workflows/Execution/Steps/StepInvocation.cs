using CmlNet.Containers;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution.Steps;

/// <summary>One step about to run: everything evaluated that comes before its body.</summary>
internal sealed record StepInvocation
{
    public required RunContext Run { get; init; }

    public required JobState State { get; init; }

    public required IContainer Container { get; init; }

    public required Step Step { get; init; }

    public required ContextSet Contexts { get; init; }

    /// <summary>The step's whole environment, GITHUB_* and RUNNER_* over everything.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The step's own <c>env</c> only.</summary>
    public required IReadOnlyDictionary<string, string> StepEnvironment { get; init; }

    public required StepOutputs Outputs { get; init; }

    public required StepLog Log { get; init; }

    /// <summary>What went wrong beside the body (a malformed workflow command); each fails the step.</summary>
    public required List<string> Errors { get; init; }
}
