using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution;

/// <summary>The workflow or the request cannot be run as it is; found before anything was started.</summary>
public sealed class InvalidRunException(IReadOnlyList<WorkflowError> errors) : Exception(string.Join('\n', errors))
{
    public IReadOnlyList<WorkflowError> Errors { get; } = errors;
}
