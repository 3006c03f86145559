using CmlNet.Publishing.CodeHosts;

namespace CmlNet.Publishing.PullRequests;

/// <summary>Changed files to offer as a pull request.</summary>
public sealed record PullRequestRequest
{
    /// <summary>Patterns of changed, new and deleted files, relative to the working directory: <c>*</c>, <c>**</c>, <c>{a,b}</c>, <c>!not</c>, directories, or git pathspecs. None: the branch is pushed as it is.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Branch for the changes. Default: <c>{target}-cml-pr-{first 8 digits of the sha}</c>.</summary>
    public string? Branch { get; init; }

    /// <summary>Branch the changes go to. Default: the current one.</summary>
    public string? TargetBranch { get; init; }

    /// <summary>Default: <c>CML PR for {target} {first 8 digits of the sha}</c>.</summary>
    public string? Title { get; init; }

    /// <summary>Markdown. Default: CML's.</summary>
    public string? Body { get; init; }

    /// <summary>Commit message. Default: <c>CML PR for {first 8 digits of the sha}</c>.</summary>
    public string? Message { get; init; }

    /// <summary>Appends <c>[skip ci]</c> to the commit message; so does leaving out both <see cref="Message"/> and <see cref="Merge"/>. Default: false.</summary>
    public bool IsCiSkipped { get; init; }

    /// <summary>Merge when the checks have passed. Default: leave it open.</summary>
    public MergeMethod? Merge { get; init; }

    /// <summary>Default: <c>origin</c>.</summary>
    public string Remote { get; init; } = "origin";

    /// <summary>Author of the commit. Default: CML's.</summary>
    public GitIdentity Identity { get; init; } = GitIdentity.Default;
}
