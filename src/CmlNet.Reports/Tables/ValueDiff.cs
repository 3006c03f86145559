using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Tables;

/// <summary>One key that differs, with DVC's rules for what a difference is.</summary>
/// <param name="File">As shown.</param>
/// <param name="Key">Nested keys joined by dots.</param>
/// <param name="Old">Null when the first revision lacks it.</param>
/// <param name="New">Null when the second revision lacks it.</param>
public sealed record ValueDiff(string File, string Key, DvcValue? Old, DvcValue? New)
{
    /// <summary>New minus old, whole when both are; a boolean counts as 0 or 1. Null unless both are numbers.</summary>
    public DvcValue? Difference
    {
        get
        {
            if (Old is null || New is null || !IsNumber(Old) || !IsNumber(New))
                return null;
            return Old.Kind == DvcValueKind.Number || New.Kind == DvcValueKind.Number ? DvcValue.Of(Number(New) - Number(Old)) : DvcValue.Of(Whole(New) - Whole(Old));
        }
    }

    /// <summary>Differing keys (every key with <paramref name="all"/>), files in order of appearance, keys sorted.</summary>
    public static IReadOnlyList<ValueDiff> Compare(RevisionValues old, RevisionValues now, bool isParams, bool all)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(now);
        var diffs = new List<ValueDiff>();
        foreach (string file in old.Files.Concat(now.Files).Select(entry => entry.Key).Distinct(StringComparer.Ordinal))
        {
            Dictionary<string, DvcValue> before = Leaves(old, file, isParams), after = Leaves(now, file, isParams);
            diffs.AddRange(before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(key => new ValueDiff(file, key, before.GetValueOrDefault(key), after.GetValueOrDefault(key)))
                .Where(diff => all || !diff.IsSame));
        }

        return diffs;
    }

    internal bool IsSame => Old is not null && New is not null && (IsNumber(Old) && IsNumber(New) ? Number(Old) == Number(New) : Old.Kind == New.Kind && Old.Text == New.Text);

    // Lists become their Python spelling before anything is compared.
    internal static Dictionary<string, DvcValue> Leaves(RevisionValues values, string file, bool isParams)
    {
        DvcValue? root = values.Files.FirstOrDefault(entry => entry.Key == file).Value;
        if (root is null)
            return [];
        IReadOnlyList<KeyValuePair<string, DvcValue>> leaves = isParams ? ValueFlattening.Params(root) : ValueFlattening.Metrics(root);
        return leaves.ToDictionary(leaf => leaf.Key, leaf => leaf.Value.Kind == DvcValueKind.List ? DvcValue.Of(Numbers.ValueText.Of(leaf.Value)) : leaf.Value, StringComparer.Ordinal);
    }

    private static bool IsNumber(DvcValue value) => value.IsNumeric || value.Kind == DvcValueKind.Boolean;

    private static long Whole(DvcValue value) => value.Kind == DvcValueKind.Boolean ? (value.Boolean ? 1 : 0) : value.Integer;

    private static double Number(DvcValue value) => value.Kind == DvcValueKind.Boolean ? Whole(value) : value.AsDouble;
}
