namespace CmlNet.Publishing.CodeHosts;

/// <summary>A code host that does not show comments everywhere.</summary>
internal interface ICommentSurfaces
{
    /// <summary>Why the host shows no comments there, and what to do instead; <see langword="null"/> where it does.</summary>
    /// <param name="surface">Where.</param>
    string? Refusal(CommentSurface surface);
}
