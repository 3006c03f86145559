namespace CmlNet.Workflows.Model;

/// <summary>What reading a workflow file gave: <see cref="Workflow"/> is null when there is any error, and all errors are there at once, in file order.</summary>
public sealed record WorkflowParseResult(Workflow? Workflow, IReadOnlyList<WorkflowError> Errors)
{
    /// <summary>The document after the schema check; null when it is no YAML or breaks the schema.</summary>
    internal MappingToken? Document { get; init; }

    /// <summary>The errors in the order they were met, as GitHub lists them.</summary>
    internal IReadOnlyList<WorkflowError> Encountered { get; init; } = Errors;

    /// <summary>The model even where only our linter objects: what GitHub itself would accept; null where it would not.</summary>
    public Workflow? GitHubView { get; init; }
}
