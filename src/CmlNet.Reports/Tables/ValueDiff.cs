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
        // Loops and no queries: queries over pairs are compiled while the program runs, which takes longer than the comparison.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (IReadOnlyList<KeyValuePair<string, DvcValue>> files in new[] { old.Files, now.Files })
        {
            foreach (KeyValuePair<string, DvcValue> file in files)
            {
                if (seen.Add(file.Key))
                    Compare(file.Key, Leaves(old, file.Key, isParams), Leaves(now, file.Key, isParams), all, diffs);
            }
        }

        return diffs;
    }

    private static void Compare(string file, Dictionary<string, DvcValue> before, Dictionary<string, DvcValue> after, bool all, List<ValueDiff> diffs)
    {
        var keys = new List<string>(before.Keys);
        foreach (string key in after.Keys)
        {
            if (!before.ContainsKey(key))
                keys.Add(key);
        }

        keys.Sort(string.CompareOrdinal);
        foreach (string key in keys)
        {
            var diff = new ValueDiff(file, key, before.GetValueOrDefault(key), after.GetValueOrDefault(key));
            if (all || !diff.IsSame)
                diffs.Add(diff);
        }
    }

    internal bool IsSame => Old is not null && New is not null && (IsNumber(Old) && IsNumber(New) ? Number(Old) == Number(New) : Old.Kind == New.Kind && Old.Text == New.Text);

    // Lists become their Python spelling before anything is compared.
    internal static Dictionary<string, DvcValue> Leaves(RevisionValues values, string file, bool isParams)
    {
        var leaves = new Dictionary<string, DvcValue>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, DvcValue> entry in values.Files)
        {
            if (entry.Key != file)
                continue;
            foreach (KeyValuePair<string, DvcValue> leaf in isParams ? ValueFlattening.Params(entry.Value) : ValueFlattening.Metrics(entry.Value))
                leaves[leaf.Key] = leaf.Value.Kind == DvcValueKind.List ? DvcValue.Of(Numbers.ValueText.Of(leaf.Value)) : leaf.Value;
            break;
        }

        return leaves;
    }

    private static bool IsNumber(DvcValue value) => value.IsNumeric || value.Kind == DvcValueKind.Boolean;

    private static long Whole(DvcValue value) => value.Kind == DvcValueKind.Boolean ? (value.Boolean ? 1 : 0) : value.Integer;

    private static double Number(DvcValue value) => value.Kind == DvcValueKind.Boolean ? Whole(value) : value.AsDouble;
}
