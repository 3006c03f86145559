namespace CmlNet.Workflows.Execution.Commands;

/// <summary>A problem matcher file to add or remove, or an owner to remove. Paths are as the job sees them, relative ones from its workspace.</summary>
internal sealed record MatcherChange(bool IsRemoval, string? File, string? Owner);
