using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Execution.Contexts;

/// <summary>Status functions in a step's <c>if</c>: the state of its job.</summary>
internal sealed class StepStatus(string jobStatus) : IStatusFunctions
{
    public bool Success(IReadOnlyList<string> jobIds) => jobStatus == Conclusions.Success;

    public bool Failure(IReadOnlyList<string> jobIds) => jobStatus == Conclusions.Failure;

    public bool Cancelled() => jobStatus == Conclusions.Cancelled;
}
