namespace CmlNet.Workflows.Model.Calls;

/// <summary>The workflows that a workflow calls, by job id, or what is wrong with them.</summary>
public sealed record WorkflowCallResult(IReadOnlyDictionary<string, WorkflowCall> Calls, IReadOnlyList<WorkflowError> Errors)
{
    /// <summary>Path or reference of every file read after the first, in order.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}
