namespace CmlNet.Publishing.CodeHosts;

/// <summary>The kinds of things that carry comments.</summary>
public enum CommentSurface
{
    /// <summary>A commit, named by its sha.</summary>
    Commit,

    /// <summary>The conversation of a pull request, named by its number.</summary>
    PullRequest,

    /// <summary>An issue, named by its number.</summary>
    Issue,
}
