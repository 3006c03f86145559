namespace CmlNet.Workflows.Model.Conversion;

/// <summary>Every need names a job, and following needs never comes back.</summary>
internal static class NeedsCheck
{
    public static void Run(SourceLocation jobsLocation, IReadOnlyList<Job> jobs, ICollection<WorkflowError> errors)
    {
        if (!jobs.Any(job => job.Needs.Count == 0))
        {
            errors.Add(new WorkflowError(jobsLocation, "The workflow must contain at least one job with no dependencies.") { Stage = WorkflowErrorStage.Needs });
            return;
        }

        HashSet<string> reachable = Reachable(jobs);
        var known = new HashSet<string>(jobs.Select(job => job.Id), StringComparer.OrdinalIgnoreCase);
        foreach (Job job in jobs.Where(job => !reachable.Contains(job.Id)))
        {
            foreach (StringToken need in job.NeedTokens.Where(need => !reachable.Contains(need.Value)))
            {
                errors.Add(new WorkflowError(need.Location, known.Contains(need.Value)
                    ? $"Job '{job.Id}' depends on job '{need.Value}' which creates a cycle in the dependency graph."
                    : $"Job '{job.Id}' depends on unknown job '{need.Value}'.") { Stage = WorkflowErrorStage.Needs });
            }
        }
    }

    private static HashSet<string> Reachable(IReadOnlyList<Job> jobs)
    {
        var reachable = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        bool grew = true;
        while (grew)
        {
            grew = false;
            foreach (Job job in jobs)
                grew |= !reachable.Contains(job.Id) && job.Needs.All(reachable.Contains) && reachable.Add(job.Id);
        }

        return reachable;
    }
}
