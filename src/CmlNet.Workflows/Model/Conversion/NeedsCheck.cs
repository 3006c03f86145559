namespace CmlNet.Workflows.Model.Conversion;

/// <summary>Every need names a job, and following needs never comes back.</summary>
internal static class NeedsCheck
{
    public static void Run(SourceLocation jobsLocation, IReadOnlyList<Job> jobs, ICollection<WorkflowError> errors)
    {
        if (!jobs.Any(job => job.Needs.Count == 0))
        {
            errors.Add(new WorkflowError(jobsLocation, "The workflow must contain at least one job with no dependencies.", Circle(jobs)) { Stage = WorkflowErrorStage.Needs });
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

    /// <summary>Jobs that need each other, in their order; null without jobs, and when a need is none.</summary>
    private static string? Circle(IReadOnlyList<Job> jobs)
    {
        var byId = jobs.ToDictionary(job => job.Id, StringComparer.OrdinalIgnoreCase);
        var path = new List<string>();
        Job? at = jobs.Count > 0 ? jobs[0] : null;
        while (at is not null && !path.Contains(at.Id, StringComparer.OrdinalIgnoreCase))
        {
            path.Add(at.Id);
            at = byId.GetValueOrDefault(at.Needs[0]);
        }

        return at is null ? null : $"each of these needs the next: {string.Join(", ", path.SkipWhile(id => !id.Equals(at.Id, StringComparison.OrdinalIgnoreCase)).Append(at.Id))}";
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
