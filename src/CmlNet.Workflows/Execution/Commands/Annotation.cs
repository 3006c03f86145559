namespace CmlNet.Workflows.Execution.Commands;

/// <summary>A finding a step reported with <c>::error::</c>, <c>::warning::</c> or <c>::notice::</c>, or that a problem matcher saw. Secrets are already hidden.</summary>
public sealed record Annotation
{
    /// <summary>GitHub's limit, in UTF-16 units; longer messages are cut after masking.</summary>
    public const int MaximumMessageLength = 4096;

    public required AnnotationLevel Level { get; init; }

    public required string Message { get; init; }

    /// <summary>Relative to the repository root where the job named a file inside the workspace, else as given.</summary>
    public string? File { get; init; }

    /// <summary>1-based, as are the other positions.</summary>
    public int? Line { get; init; }

    public int? EndLine { get; init; }

    public int? Column { get; init; }

    public int? EndColumn { get; init; }

    public string? Title { get; init; }
}
