using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution.Specs;

/// <summary>One job: its legs, or why they are known only at run time.</summary>
public sealed record PlannedJob(Job Job, IReadOnlyList<JobSpec> Legs, string? Undecided);
