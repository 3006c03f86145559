using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Sources;

/// <summary>A file or folder of a project.</summary>
/// <param name="Path">Relative to the folder that was listed.</param>
/// <param name="IsOutput">DVC tracks it; else git.</param>
/// <param name="IsFolder">It has files of its own.</param>
/// <param name="Size">Null when not known.</param>
/// <param name="Hash">Null for files of git.</param>
public sealed record ListedFile(string Path, bool IsOutput, bool IsFolder, bool IsExecutable, long? Size, string? Hash)
{
    /// <summary>DVC's shape.</summary>
    public DvcValue ToJson(bool withHash)
    {
        var entry = new List<KeyValuePair<string, DvcValue>>
        {
            KeyValuePair.Create("isout", DvcValue.Of(IsOutput)), KeyValuePair.Create("isdir", DvcValue.Of(IsFolder)), KeyValuePair.Create("isexec", DvcValue.Of(IsExecutable)),
            KeyValuePair.Create("size", Size is { } size ? DvcValue.Of(size) : DvcValue.Null),
        };
        if (withHash)
            entry.Add(KeyValuePair.Create("md5", Hash is null ? DvcValue.Null : DvcValue.Of(Hash)));
        entry.Add(KeyValuePair.Create("path", DvcValue.Of(Path)));
        return DvcValue.Of(entry);
    }
}
