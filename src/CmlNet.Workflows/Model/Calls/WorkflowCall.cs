namespace CmlNet.Workflows.Model.Calls;

/// <summary>A job that calls a workflow, with the workflow it calls.</summary>
public sealed record WorkflowCall
{
    public required Workflow Workflow { get; init; }

    /// <summary><c>on.workflow_call.inputs</c> of the called workflow.</summary>
    public MappingToken? InputDefinitions { get; init; }

    /// <summary><c>on.workflow_call.secrets</c> of the called workflow.</summary>
    public MappingToken? SecretDefinitions { get; init; }

    /// <summary><c>on.workflow_call.outputs</c> of the called workflow.</summary>
    public MappingToken? Outputs { get; init; }

    /// <summary>What the called workflow's jobs run with when they say nothing: its own permissions, else its caller's; null when neither says.</summary>
    public IReadOnlyDictionary<string, string>? Permissions { get; init; }

    /// <summary>The called workflow's own calls, by job id.</summary>
    public IReadOnlyDictionary<string, WorkflowCall> Calls { get; init; } = new Dictionary<string, WorkflowCall>(StringComparer.Ordinal);
}
