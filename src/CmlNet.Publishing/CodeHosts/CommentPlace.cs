namespace CmlNet.Publishing.CodeHosts;

/// <summary>One thing that carries comments.</summary>
/// <param name="Surface">Its kind.</param>
/// <param name="Id">Number of the pull request or issue, sha (or another name) of the commit.</param>
public sealed record CommentPlace(CommentSurface Surface, string Id)
{
    /// <summary>The place as <c>--target</c> takes it: <c>commit/&lt;sha&gt;</c>, <c>pr/&lt;n&gt;</c> or <c>issue/&lt;n&gt;</c>.</summary>
    public override string ToString() => Surface switch
    {
        CommentSurface.Commit => $"commit/{Id}",
        CommentSurface.PullRequest => $"pr/{Id}",
        _ => $"issue/{Id}",
    };
}
