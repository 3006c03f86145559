using System.Globalization;
using CmlNet.Dvc.Storage;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Stages;

/// <summary>What DVC's files say about the content of a path.</summary>
public sealed record FileRecord
{
    private static readonly string[] Tags = ["etag", "checksum"];

    /// <summary>MD5 of a file or folder; null for what lies elsewhere and has only a <see cref="Tag"/>.</summary>
    public ObjectId? Id { get; init; }

    /// <summary>The other system's own name for the content.</summary>
    public string? Tag { get; init; }

    /// <summary><c>etag</c> or <c>checksum</c>.</summary>
    public string TagName { get; init; } = "etag";

    /// <summary>Bytes, of a folder those of all files.</summary>
    public long? Size { get; init; }

    /// <summary>Files of a folder.</summary>
    public long? FileCount { get; init; }

    public bool IsExecutable { get; init; }

    /// <summary>Keys kept as they are: versions in the cloud, lists of files.</summary>
    public IReadOnlyList<KeyValuePair<string, DvcValue>> Others { get; init; } = [];

    /// <summary>Same content, whatever else is known.</summary>
    public bool IsSameContent(FileRecord? other) => other is not null && (Id is null ? Tag is not null && Tag == other.Tag : Id.Value == other.Id?.Value && Id.IsLegacy == other.Id.IsLegacy);

    /// <summary>Null when the entry names no content.</summary>
    internal static FileRecord? Read(DvcValue entry)
    {
        string? md5 = TextOf(entry.Find("md5"));
        string? tagName = Tags.FirstOrDefault(tag => TextOf(entry.Find(tag)) is not null);
        if (md5 is null && tagName is null)
            return null;
        return new FileRecord
        {
            // Without `hash: md5` it was written before DVC 3.
            Id = md5 is null ? null : ObjectId.Parse(md5, isLegacy: entry.Find("hash")?.Text != "md5"),
            Tag = tagName is null ? null : entry.Find(tagName)?.Text,
            TagName = tagName ?? "etag",
            Size = NumberOf(entry.Find("size")),
            FileCount = NumberOf(entry.Find("nfiles")),
            IsExecutable = entry.Find("isexec")?.Boolean ?? false,
            Others = [.. entry.Entries.Where(item => item.Key is "version_id" or "cloud" or "files")],
        };
    }

    /// <summary>The keys of an entry; <paramref name="isLock"/> for the order and place of <c>dvc.lock</c>.</summary>
    internal IEnumerable<KeyValuePair<string, DvcValue>> Write(bool isLock)
    {
        if (isLock && Id is { IsLegacy: false })
            yield return KeyValuePair.Create("hash", DvcValue.Of("md5"));
        if (Id is not null)
            yield return KeyValuePair.Create("md5", DvcValue.Of(Id.Value));
        if (Tag is not null)
            yield return KeyValuePair.Create(TagName, DvcValue.Of(Tag));
        if (Size is { } size)
            yield return KeyValuePair.Create("size", DvcValue.Of(size));
        if (FileCount is { } count)
            yield return KeyValuePair.Create("nfiles", DvcValue.Of(count));
        if (IsExecutable)
            yield return KeyValuePair.Create("isexec", DvcValue.Of(true));
        foreach (KeyValuePair<string, DvcValue> other in Others)
            yield return other;
        if (!isLock && Id is { IsLegacy: false })
            yield return KeyValuePair.Create("hash", DvcValue.Of("md5"));
    }

    private static string? TextOf(DvcValue? value) => value is { Kind: not DvcValueKind.Null } && PythonText.Text(value) is { Length: > 0 } text ? text : null;

    private static long? NumberOf(DvcValue? value) => value switch
    {
        { Kind: DvcValueKind.Integer } => value.Integer,
        { Kind: DvcValueKind.Text } when long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) => number,
        _ => null,
    };
}
