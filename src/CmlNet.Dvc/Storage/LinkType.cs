namespace CmlNet.Dvc.Storage;

/// <summary>How a file of the work tree shares its content with the cache.</summary>
public enum LinkType
{
    /// <summary>Two files that share blocks until one changes (btrfs, XFS).</summary>
    Reflink,

    /// <summary>Two names of one file, which nobody may write.</summary>
    Hardlink,

    /// <summary>A link into the cache.</summary>
    Symlink,

    /// <summary>Two files.</summary>
    Copy,
}
