namespace CmlNet.Publishing.CodeHosts;

/// <summary>A pull request to open.</summary>
public sealed record NewPullRequest
{
    /// <summary>The branch with the changes.</summary>
    public required string Source { get; init; }

    /// <summary>The branch they go to.</summary>
    public required string Target { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>Markdown.</summary>
    public required string Body { get; init; }

    /// <summary>Neither it nor its merge is to start a run of its own. Default: false.</summary>
    public bool IsCiSkipped { get; init; }
}
