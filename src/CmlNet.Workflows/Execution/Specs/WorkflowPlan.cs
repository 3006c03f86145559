namespace CmlNet.Workflows.Execution.Specs;

/// <summary>What <c>cml run</c> would do, as far as it can be known before anything runs. Printed by <c>--plan</c>.</summary>
public sealed record WorkflowPlan(string Workflow, string Path, string Event, IReadOnlyList<PlannedJob> Jobs);

/// <summary>One job: its legs, or why they are known only at run time.</summary>
public sealed record PlannedJob(string Id, IReadOnlyList<string> Needs, string Condition, IReadOnlyList<JobSpec> Legs, string? Undecided);
