namespace CmlNet.Workflows.Execution.Events;

/// <summary>A commit as push payloads describe it. Times are ISO 8601 with offset, as git prints them.</summary>
public sealed record GitCommit
{
    public required string Sha { get; init; }

    public required string TreeSha { get; init; }

    /// <summary>Empty for a root commit.</summary>
    public required IReadOnlyList<string> ParentShas { get; init; }

    /// <summary>The first parent; null for a root commit.</summary>
    public string? ParentSha => ParentShas.Count == 0 ? null : ParentShas[0];

    public required GitSignature Author { get; init; }

    public required GitSignature Committer { get; init; }

    /// <summary>Without trailing line ends.</summary>
    public required string Message { get; init; }

    /// <summary>Against the first parent; paths from the repository root.</summary>
    public IReadOnlyList<string> Added { get; init; } = [];

    public IReadOnlyList<string> Removed { get; init; } = [];

    public IReadOnlyList<string> Modified { get; init; } = [];
}
