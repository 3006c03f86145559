namespace CmlNet.Publishing.CodeHosts;

/// <summary>One line of state on a commit.</summary>
public sealed record CommitStatus
{
    /// <summary>The commit, as a full sha.</summary>
    public required string Sha { get; init; }

    /// <summary><c>success</c>, <c>failure</c>, <c>error</c> or <c>pending</c>.</summary>
    public required string State { get; init; }

    /// <summary>Tells several statuses of one commit apart.</summary>
    public required string Context { get; init; }

    /// <summary>One sentence; hosts take about 140 characters.</summary>
    public string Description { get; init; } = "";

    /// <summary>Where its link leads.</summary>
    public string? TargetUrl { get; init; }

    /// <summary>The state that says of a commit what a check run with this status and conclusion would.</summary>
    /// <param name="status">Of the check run.</param>
    /// <param name="conclusion">Of the check run.</param>
    public static string StateOf(string status, string conclusion) => status != "completed" ? "pending" : conclusion switch
    {
        "success" or "neutral" or "skipped" => "success",
        "cancelled" or "timed_out" => "error",
        _ => "failure",
    };
}
