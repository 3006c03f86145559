namespace CmlNet.Workflows.Model;

/// <summary><c>on:</c>, one entry per event in file order.</summary>
public sealed record WorkflowTriggers(IReadOnlyDictionary<string, EventTrigger> Events);
