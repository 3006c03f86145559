using CmlNet.Workflows.Execution.Contexts;

namespace CmlNet.Workflows.Execution.Specs;

/// <summary>The legs of one job: one without a matrix, else one for each combination.</summary>
internal sealed record LegPlan(IReadOnlyList<PlannedLeg> Legs, bool FailFast, int MaxParallel);

/// <summary>One leg with the contexts its steps start from.</summary>
internal sealed record PlannedLeg(JobSpec Spec, ContextSet Contexts);
