using CmlNet.Dvc.Remotes;

namespace CmlNet.Dvc.Sources;

/// <summary>How something is imported.</summary>
public sealed record ImportOptions
{
    /// <summary>What is in the way is replaced.</summary>
    public bool IsForced { get; init; }

    /// <summary>Get the data now; else only where it comes from is recorded.</summary>
    public bool Downloads { get; init; } = true;

    /// <summary>What is to be otherwise than in the other project.</summary>
    public SourceSettings Settings { get; init; } = SourceSettings.None;

    /// <summary>Of a file from an address: where its content goes, and to nowhere else; null for the cache and the work tree.</summary>
    public IRemoteStore? SendsTo { get; init; }
}
