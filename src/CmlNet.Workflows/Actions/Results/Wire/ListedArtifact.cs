namespace CmlNet.Workflows.Actions.Results.Wire;

internal sealed record ListedArtifact
{
    public required string WorkflowRunBackendId { get; init; }

    public required string WorkflowJobRunBackendId { get; init; }

    public required string DatabaseId { get; init; }

    public required string Name { get; init; }

    public required string Size { get; init; }

    public required string CreatedAt { get; init; }
}
