namespace CmlNet.Workflows.Execution.Events;

/// <summary>Who made a commit, and when (ISO 8601 with offset).</summary>
public sealed record GitSignature(string Name, string Email, string Time);
