namespace CmlNet.Workflows.Model;

/// <summary>Limits on a workflow file; the defaults are GitHub's.</summary>
public sealed record WorkflowParseOptions
{
    public static WorkflowParseOptions Default { get; } = new();

    /// <summary>Characters in one file.</summary>
    public int MaxFileSize { get; init; } = 1024 * 1024;

    /// <summary>Sequences and mappings inside one another.</summary>
    public int MaxDepth { get; init; } = 50;

    /// <summary>YAML events (a value is one, a sequence or mapping two), where those behind an alias count again each time.</summary>
    public int MaxNodes { get; init; } = 50_000;

    /// <summary>Bytes of the values in memory as GitHub reckons them, where those behind an alias count again each time.</summary>
    public long MaxSize { get; init; } = 10 * 1024 * 1024;
}
