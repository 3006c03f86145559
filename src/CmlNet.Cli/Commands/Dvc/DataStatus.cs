using CmlNet.Dvc.Values;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>What <c>dvc data status</c> found.</summary>
internal sealed record DataStatus
{
    public required IReadOnlyList<string> NotInCache { get; init; }

    /// <summary>Only when asked for.</summary>
    public required IReadOnlyList<string> NotInRemote { get; init; }

    /// <summary>Since the last commit, in the records: kind to paths.</summary>
    public required IReadOnlyDictionary<string, List<string>> Committed { get; init; }

    /// <summary>Since it was recorded, in the work tree.</summary>
    public required IReadOnlyDictionary<string, List<string>> Uncommitted { get; init; }

    public required IReadOnlyList<string> Unchanged { get; init; }

    public required IReadOnlyList<string> Untracked { get; init; }

    public required bool IsDirty { get; init; }

    public required bool HasCommit { get; init; }

    public DvcValue ToJson() => DvcValue.Of(new List<KeyValuePair<string, DvcValue>>(
    [
        .. NotInCache.Count > 0 ? [KeyValuePair.Create("not_in_cache", List(NotInCache))] : Array.Empty<KeyValuePair<string, DvcValue>>(),
        .. NotInRemote.Count > 0 ? [KeyValuePair.Create("not_in_remote", List(NotInRemote))] : Array.Empty<KeyValuePair<string, DvcValue>>(),
        .. Committed.Count > 0 ? [KeyValuePair.Create("committed", Groups(Committed))] : Array.Empty<KeyValuePair<string, DvcValue>>(),
        .. Uncommitted.Count > 0 ? [KeyValuePair.Create("uncommitted", Groups(Uncommitted))] : Array.Empty<KeyValuePair<string, DvcValue>>(),
        .. Unchanged.Count > 0 ? [KeyValuePair.Create("unchanged", List(Unchanged))] : Array.Empty<KeyValuePair<string, DvcValue>>(),
        .. Untracked.Count > 0 ? [KeyValuePair.Create("untracked", List(Untracked))] : Array.Empty<KeyValuePair<string, DvcValue>>(),
        KeyValuePair.Create("git", DvcValue.Of([KeyValuePair.Create("is_empty", DvcValue.Of(!HasCommit)), KeyValuePair.Create("is_dirty", DvcValue.Of(IsDirty))])),
    ]));

    private static DvcValue List(IEnumerable<string> paths) => DvcValue.Of([.. paths.Select(DvcValue.Of)]);

    private static DvcValue Groups(IReadOnlyDictionary<string, List<string>> groups) => DvcValue.Of([.. groups.Select(group => KeyValuePair.Create(group.Key, List(group.Value)))]);
}
