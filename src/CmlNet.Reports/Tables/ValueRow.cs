using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Tables;

/// <summary>One key in several revisions.</summary>
/// <param name="File">As shown.</param>
/// <param name="Key">Nested keys joined by dots.</param>
/// <param name="Values">By revision; null where it is missing.</param>
public sealed record ValueRow(string File, string Key, IReadOnlyList<DvcValue?> Values)
{
    /// <summary>Last minus first; null unless both are numbers.</summary>
    public DvcValue? Difference => new ValueDiff(File, Key, Values[0], Values[^1]).Difference;

    /// <summary>Keys that are not the same everywhere (every key with <paramref name="all"/>), files in order of appearance, keys sorted.</summary>
    public static IReadOnlyList<ValueRow> Of(IReadOnlyList<RevisionValues> revisions, bool isParams, bool all)
    {
        ArgumentNullException.ThrowIfNull(revisions);
        var rows = new List<ValueRow>();
        foreach (string file in revisions.SelectMany(revision => revision.Files).Select(entry => entry.Key).Distinct(StringComparer.Ordinal))
        {
            var leaves = revisions.Select(revision => ValueDiff.Leaves(revision, file, isParams)).ToList();
            foreach (string key in leaves.SelectMany(values => values.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                var row = new ValueRow(file, key, [.. leaves.Select(values => values.GetValueOrDefault(key))]);
                if (all || row.Values.Skip(1).Any(value => !new ValueDiff(file, key, row.Values[0], value).IsSame))
                    rows.Add(row);
            }
        }

        return rows;
    }
}
