using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Execution.Contexts;

/// <summary>Status functions in a job's <c>if</c>: over every job it needs, directly or through others.</summary>
internal sealed class NeedsStatus(IReadOnlyDictionary<string, JobResult> ancestors, Func<bool> cancelled) : IStatusFunctions
{
    public bool Success(IReadOnlyList<string> jobIds) => Chosen(jobIds).All(result => result.Conclusion == Conclusions.Success);

    public bool Failure(IReadOnlyList<string> jobIds) => Chosen(jobIds).Any(result => result.Conclusion == Conclusions.Failure);

    public bool Cancelled() => cancelled();

    private IEnumerable<JobResult> Chosen(IReadOnlyList<string> jobIds) =>
        jobIds.Count == 0 ? ancestors.Values : ancestors.Where(pair => jobIds.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)).Select(pair => pair.Value);
}
