namespace CmlNet.Workflows.Execution.Events;

/// <summary>What the local repository says about itself: the facts that event payloads and the <c>github</c> context are made from.</summary>
public sealed record GitState
{
    /// <summary>Forty zeros: "no commit" in GitHub's payloads.</summary>
    public const string ZeroSha = "0000000000000000000000000000000000000000";

    /// <summary>Without a trailing slash.</summary>
    public string ServerUrl { get; init; } = "https://github.com";

    /// <summary>From the remote; <c>local</c> without one.</summary>
    public required string Owner { get; init; }

    /// <summary>Repository name; the directory's without a remote.</summary>
    public required string Name { get; init; }

    /// <summary>The repository root, or the directory asked about where there is no repository.</summary>
    public required string Root { get; init; }

    public bool IsRepository { get; init; }

    /// <summary>The branch checked out; null when HEAD is detached.</summary>
    public string? Branch { get; init; }

    /// <summary>A tag that points at HEAD.</summary>
    public string? Tag { get; init; }

    public string DefaultBranch { get; init; } = "main";

    /// <summary>HEAD; null without a commit.</summary>
    public GitCommit? Head { get; init; }

    /// <summary>Where HEAD left the base branch (the default one, unless another was asked for); null when they share nothing or there is no such branch.</summary>
    public string? MergeBase { get; init; }

    /// <summary>A login-like name of the user; <c>local</c> when git knows none.</summary>
    public string User { get; init; } = "local";

    public string UserEmail { get; init; } = "";

    public string FullName => $"{Owner}/{Name}";

    public string HeadSha => Head?.Sha ?? ZeroSha;

    /// <summary>GitHub.com and *.ghe.com have an <c>api.</c> host; GitHub Enterprise Server has <c>/api/v3</c>.</summary>
    public string ApiUrl => HasApiHost ? ServerUrl.Replace("://", "://api.", StringComparison.Ordinal) : ServerUrl + "/api/v3";

    public string GraphqlUrl => HasApiHost ? ApiUrl + "/graphql" : ServerUrl + "/api/graphql";

    public string HtmlUrl => $"{ServerUrl}/{FullName}";

    private bool HasApiHost => ServerUrl == "https://github.com" || ServerUrl.EndsWith(".ghe.com", StringComparison.OrdinalIgnoreCase);
}
