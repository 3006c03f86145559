namespace CmlNet.Publishing.Detection;

/// <summary>What a run knows about where it is: repository, commit, branch, pull request, and the token it may use.</summary>
public sealed record PublishingContext
{
    /// <summary>Name of the code host, e.g. <c>github</c>.</summary>
    public required string Driver { get; init; }

    /// <summary>The repository's web address without credentials and <c>.git</c>; <see langword="null"/> where none is known (allowed for <c>local</c>).</summary>
    public Uri? Repository { get; init; }

    /// <summary>Base address of the host's API, with a slash at the end.</summary>
    public Uri? ApiBase { get; init; }

    /// <summary>The token. Not part of <see cref="ToString"/>.</summary>
    public string? Token { get; init; }

    /// <summary>The GitHub App to act as, instead of with <see cref="Token"/>.</summary>
    public GitHubAppKey? App { get; init; }

    /// <summary>The commit that triggered the run: the head of the pull request, <c>GITHUB_SHA</c>, or what git has checked out.</summary>
    public string? Sha { get; init; }

    /// <summary>The branch or tag, without <c>refs/heads/</c> or <c>refs/tags/</c>.</summary>
    public string? Branch { get; init; }

    /// <summary>Number of the pull request the run is for.</summary>
    public int? PullRequest { get; init; }

    /// <summary>Name of the workflow.</summary>
    public string? Workflow { get; init; }

    /// <summary>Number of the workflow's run.</summary>
    public string? RunId { get; init; }

    /// <summary>Name of the event that started the run, e.g. <c>pull_request</c>.</summary>
    public string? EventName { get; init; }

    /// <summary>Owner of the repository that the changes are in: a fork's, perhaps.</summary>
    public string? HeadOwner { get; init; }

    /// <summary>Branch that the changes are on, in that repository.</summary>
    public string? HeadBranch { get; init; }

    /// <summary>The pull request's newest commit, where <see cref="Sha"/> is another: a workflow_run job is told this one.</summary>
    internal string? HeadSha { get; init; }

    /// <summary>The run is for a pull request from a fork or from Dependabot, whose token may read only, whatever the workflow says.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>What <c>cml workflow rerun</c> runs again by itself, where the host counts pipelines apart from their jobs; else <see langword="null"/>.</summary>
    public string? PipelineId { get; init; }

    /// <summary>The page of the workflow's run; <see langword="null"/> outside one.</summary>
    public string? RunUrl { get; init; }

    /// <summary>The local host's directory; set for <c>local</c>.</summary>
    public string? LocalDirectory { get; init; }

    /// <summary>Top directory of the git work tree around the working directory; <see langword="null"/> outside one.</summary>
    public string? WorkTree { get; init; }

    /// <summary>The context without its token.</summary>
    public override string ToString() => $"{Driver} {Repository} sha {Sha} branch {Branch} pr {PullRequest}";
}
