namespace CmlNet.Workflows.Model;

/// <summary>Limits on a workflow file; the defaults are GitHub's.</summary>
public sealed record WorkflowParseOptions
{
    public static WorkflowParseOptions Default { get; } = new();

    /// <summary>Characters in one file.</summary>
    public int MaxFileSize { get; init; } = 1024 * 1024;

    /// <summary>Sequences and mappings inside one another.</summary>
    public int MaxDepth { get; init; } = 50;

    /// <summary>YAML nodes, where those behind an alias count again each time.</summary>
    public int MaxNodes { get; init; } = 50_000;
}
