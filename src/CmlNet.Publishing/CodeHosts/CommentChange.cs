namespace CmlNet.Publishing.CodeHosts;

/// <summary>What publishing did with a comment.</summary>
public enum CommentChange
{
    /// <summary>It is new.</summary>
    Created,

    /// <summary>Its body was replaced.</summary>
    Updated,

    /// <summary>It said the same already, so nothing was sent.</summary>
    Unchanged,
}
