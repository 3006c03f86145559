namespace CmlNet.Workflows.Execution.Specs;

/// <summary>One job: its legs, or why they are known only at run time.</summary>
public sealed record PlannedJob(string Id, IReadOnlyList<string> Needs, string Condition, IReadOnlyList<JobSpec> Legs, string? Undecided);
