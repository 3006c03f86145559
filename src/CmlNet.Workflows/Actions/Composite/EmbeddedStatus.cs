using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Actions.Composite;

/// <summary>Status functions inside a composite action: success() and failure() speak of the action so far, cancelled() of the job.</summary>
internal sealed class EmbeddedStatus(string actionStatus, string jobStatus) : IStatusFunctions
{
    public bool Success(IReadOnlyList<string> jobIds) => actionStatus == Conclusions.Success;

    public bool Failure(IReadOnlyList<string> jobIds) => actionStatus == Conclusions.Failure;

    public bool Cancelled() => jobStatus == Conclusions.Cancelled;
}
