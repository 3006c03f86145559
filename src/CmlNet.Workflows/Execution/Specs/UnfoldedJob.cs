using CmlNet.Workflows.Execution.Contexts;

namespace CmlNet.Workflows.Execution.Specs;

/// <summary>A job's strategy, unfolded.</summary>
internal sealed record UnfoldedJob(IReadOnlyList<UnfoldedLeg> Legs, bool FailFast, int MaxParallel);

/// <summary>One leg by its name as shown, with its own <c>matrix</c> and <c>strategy</c>.</summary>
internal sealed record UnfoldedLeg(string Name, ContextSet Contexts);
