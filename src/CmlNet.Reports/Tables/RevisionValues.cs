using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Tables;

/// <summary>The values of one revision, by file.</summary>
public sealed record RevisionValues
{
    public required string Revision { get; init; }

    /// <summary>Whole files, as nested as they are written; metrics without their lists and nulls.</summary>
    public required IReadOnlyList<KeyValuePair<string, DvcValue>> Files { get; init; }

    /// <summary>Files that could not be read, each with why.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Errors { get; init; }
}
