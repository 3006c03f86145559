namespace CmlNet.Workflows.Model;

/// <summary>Something wrong with a workflow file. <see cref="Message"/> is worded as GitHub's; <see cref="Hint"/> says what was expected or what to do.</summary>
public sealed record WorkflowError(SourceLocation Location, string Message, string? Hint = null)
{
    internal WorkflowErrorStage Stage { get; init; } = WorkflowErrorStage.Meaning;

    /// <summary>For a YAML error: from where to where, as GitHub's YAML library writes it.</summary>
    internal string? Span { get; init; }

    /// <summary>For an error in a called workflow: where the outermost file calls it.</summary>
    public SourceLocation? Caller { get; init; }

    public override string ToString() => Hint is null ? $"{Location}: {Message}" : $"{Location}: {Message} ({Hint})";
}
