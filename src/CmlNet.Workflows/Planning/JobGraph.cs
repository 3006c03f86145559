using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Planning;

/// <summary>The order that <c>needs</c> sets. Job ids compare ignoring case.</summary>
internal sealed class JobGraph
{
    private readonly Dictionary<string, IReadOnlyList<string>> _ancestors = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="jobs">Jobs of a checked workflow: every need is a job, there is no cycle.</param>
    public JobGraph(IReadOnlyList<Job> jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var ordered = new List<Job>();
        while (ordered.Count < jobs.Count)
        {
            Job next = jobs.FirstOrDefault(job => !_ancestors.ContainsKey(job.Id) && job.Needs.All(_ancestors.ContainsKey))
                ?? throw new ArgumentException("The jobs need one another in a circle, or need one that is not there", nameof(jobs));
            _ancestors.Add(next.Id, [.. next.Needs.SelectMany(need => _ancestors[need].Append(need)).Distinct(StringComparer.OrdinalIgnoreCase)]);
            ordered.Add(next);
        }

        Ordered = ordered;
    }

    /// <summary>Every job after those it needs, otherwise in file order.</summary>
    public IReadOnlyList<Job> Ordered { get; }

    /// <summary>All that a job needs, directly or through others: what success() and failure() of its <c>if</c> look at.</summary>
    public IReadOnlyList<string> AncestorsOf(string jobId) => _ancestors[jobId];
}
