namespace CmlNet.Publishing.CodeHosts;

/// <summary>A code host whose comments may only be so long.</summary>
public interface ICommentLimits
{
    /// <summary>Largest body in UTF-8 bytes.</summary>
    /// <param name="surface">Where the comment goes.</param>
    int LargestComment(CommentSurface surface);
}
