namespace CmlNet.Testing.Gitea;

public sealed class GiteaPullRequest
{
    public required int Number { get; init; }

    public required string Sha { get; init; }

    public required string Head { get; init; }

    public required string Base { get; init; }

    public string Title { get; set; } = "Improve the model";

    public string Body { get; set; } = "";

    public string State { get; set; } = "open";

    /// <summary>How it was merged, or will be.</summary>
    public string? Merge { get; set; }

    public bool IsMerged { get; set; }

    /// <summary>Whether checks are still to come.</summary>
    public bool HasChecks { get; set; }

    /// <summary>How many attempts to merge are refused because Gitea is still looking at it.</summary>
    public int Tries { get; set; }

    public bool HasConflict { get; set; }
}
