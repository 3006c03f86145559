namespace CmlNet.Testing.GitHub.State;

public sealed class FakePullRequest
{
    public required int Number { get; init; }

    public string Title { get; set; } = "Improve the model";

    public string Body { get; set; } = "";

    public string State { get; set; } = "open";

    public required string HeadRef { get; init; }

    public required string HeadSha { get; set; }

    public string BaseRef { get; init; } = "main";

    public string BaseSha { get; init; } = new('b', 40);

    public string Author { get; init; } = "octocat";

    public string NodeId => FormattableString.Invariant($"PR_{Number}");

    /// <summary>How it will be merged: MERGE, REBASE or SQUASH.</summary>
    public string? AutoMerge { get; set; }

    /// <summary>How it was merged: merge, rebase or squash.</summary>
    public string? MergedBy { get; set; }

    /// <summary>Further commits of the pull request.</summary>
    public List<string> Commits { get; } = [];

    public DateTimeOffset CreatedAt { get; init; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
}
