using CmlNet.Workflows.Model;
using CmlNet.Workflows.Planning;

namespace CmlNet.Workflows.Execution;

/// <summary>The jobs of a run: all, or one and those it needs.</summary>
internal static class JobSelection
{
    public static IReadOnlyList<Job> Of(Workflow workflow, string? jobId)
    {
        if (jobId is null)
            return workflow.Jobs;
        var wanted = new HashSet<string>(new JobGraph(workflow.Jobs).AncestorsOf(jobId), StringComparer.OrdinalIgnoreCase) { jobId };
        return [.. workflow.Jobs.Where(job => wanted.Contains(job.Id))];
    }
}
