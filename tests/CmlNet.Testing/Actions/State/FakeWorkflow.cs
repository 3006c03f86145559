namespace CmlNet.Testing.Actions.State;

/// <summary>What a workflow run is for.</summary>
public sealed record FakeWorkflow
{
    public string HeadSha { get; init; } = new('a', 40);

    public string HeadBranch { get; init; } = "main";

    /// <summary>Owner of the repository that the branch is in: a fork's where it is another.</summary>
    public string HeadOwner { get; init; } = "acme";

    /// <summary>Number of the open pull request; null where there is none.</summary>
    public int? PullRequest { get; init; }
}
