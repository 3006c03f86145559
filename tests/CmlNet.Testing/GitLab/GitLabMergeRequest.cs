namespace CmlNet.Testing.GitLab;

public sealed class GitLabMergeRequest
{
    public required int Iid { get; init; }

    public required string Sha { get; init; }

    public required string Source { get; init; }

    public required string Target { get; init; }

    public string Title { get; set; } = "Improve the model";

    public string Description { get; set; } = "";

    /// <summary><c>opened</c>, <c>closed</c> or <c>merged</c>.</summary>
    public string State { get; set; } = "opened";

    /// <summary>It will be merged when its pipeline has succeeded.</summary>
    public bool IsAutoMerged { get; set; }

    public bool IsSquashed { get; set; }

    /// <summary>State of its pipeline: <c>running</c>, <c>success</c>, <c>failed</c>; null where there is none.</summary>
    public string? Pipeline { get; set; }

    /// <summary>How many attempts to merge are refused because GitLab is still looking at it.</summary>
    public int Checks { get; set; }

    /// <summary>Something for people to do first.</summary>
    public bool IsBlocked { get; set; }
}
