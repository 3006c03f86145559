namespace CmlNet.Workflows.Execution.Specs;

/// <summary>What <c>cml run</c> would do, as far as it can be known before anything runs. Printed by <c>--plan</c>.</summary>
public sealed record WorkflowPlan(string Workflow, string Path, string Event, IReadOnlyList<PlannedJob> Jobs);
