using CmlNet.Containers;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Workspace;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution.Steps;

/// <summary>One step about to run: everything evaluated that comes before its body.</summary>
internal sealed record StepInvocation
{
    public required RunContext Run { get; init; }

    public required JobState State { get; init; }

    /// <summary>The job's files as its actions reach them from this machine.</summary>
    public JobFileMap Files => Run.FilesOf(State.Paths);

    public required IContainer Container { get; init; }

    public required Step Step { get; init; }

    /// <summary>The job's; the step's own token is more than these.</summary>
    public required JobTokens Tokens { get; init; }

    public required ContextSet Contexts { get; init; }

    /// <summary>The step's whole environment, GITHUB_* and RUNNER_* over everything.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The step's own <c>env</c> only.</summary>
    public required IReadOnlyDictionary<string, string> StepEnvironment { get; init; }

    public required StepOutputs Outputs { get; init; }

    public required StepLog Log { get; init; }

    /// <summary>The step's name as shown, masked.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What is to be done after the job's last step, in the order of registration; carried out from the end.</summary>
    public required List<PostStep> Posts { get; init; }

    /// <summary>What its action's other parts left, and what this one leaves them.</summary>
    public required ActionParts Parts { get; init; }

    /// <summary>What the step saved for its post step (GITHUB_STATE).</summary>
    public Dictionary<string, string> SavedState { get; init; } = new(StringComparer.Ordinal);

    /// <summary>How many composite actions this step is inside of.</summary>
    public int Depth { get; init; }

    /// <summary>What went wrong beside the body (a malformed workflow command); each fails the step.</summary>
    public required List<string> Errors { get; init; }

    /// <summary>Has <paramref name="body"/> run after the job's last step if <paramref name="condition"/> then holds; of one step, the first time counts.</summary>
    public void AddPost(string condition, IStepBody body)
    {
        if (Parts.HasPost)
            return;
        Parts.HasPost = true;
        Posts.Add(new PostStep(Step, DisplayName, condition, body));
    }

    /// <summary>An error line in the log, and an annotation.</summary>
    public void ReportError(string message)
    {
        Log.Write($"##[error]{message}");
        State.AddError(Run, message);
    }
}
