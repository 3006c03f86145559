using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Stages;

/// <summary>Another repository, and the commit taken from it.</summary>
/// <param name="Url">As the user gave it.</param>
/// <param name="Revision">Branch or tag the user gave; null for the default branch.</param>
/// <param name="LockedRevision">Hash of the commit in use; null before the first import.</param>
public sealed record RepositorySource(string Url, string? Revision, string? LockedRevision)
{
    /// <summary>config and remote, as they stand.</summary>
    public IReadOnlyList<KeyValuePair<string, DvcValue>> Others { get; init; } = [];
}
