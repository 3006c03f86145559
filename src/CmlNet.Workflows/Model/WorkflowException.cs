namespace CmlNet.Workflows.Model;

/// <summary>A part of a workflow that turned out wrong only when it was evaluated.</summary>
public sealed class WorkflowException(WorkflowError error, Exception? innerException = null) : Exception(error?.ToString(), innerException)
{
    public WorkflowException(SourceLocation location, string message)
        : this(new WorkflowError(location, message))
    {
    }

    public WorkflowError Error { get; } = error ?? throw new ArgumentNullException(nameof(error));
}
