namespace CmlNet.Publishing.CodeHosts;

/// <summary>How a pull request's commits get into the target branch.</summary>
public enum MergeMethod
{
    /// <summary>By a merge commit.</summary>
    Merge,

    /// <summary>One by one, on top of the target.</summary>
    Rebase,

    /// <summary>As one commit.</summary>
    Squash,
}
