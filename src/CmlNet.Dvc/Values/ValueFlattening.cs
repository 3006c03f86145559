namespace CmlNet.Dvc.Values;

/// <summary>Nested maps to dotted keys.</summary>
public static class ValueFlattening
{
    /// <summary>
    /// The leaves DVC counts as metrics: text, numbers and booleans at the end of nested maps, keys joined by <c>.</c>, in file order.
    /// Lists, nulls and empty maps are dropped (DVC's <c>_extract_metrics</c>); a file that is one scalar gives the key "".
    /// When two paths flatten to the same key the last one stands, as in a Python dict.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, DvcValue>> Metrics(DvcValue root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var leaves = new OrderedDictionary<string, DvcValue>(StringComparer.Ordinal);
        Add(root, "", leaves);
        return [.. leaves];
    }

    /// <summary>The leaves DVC counts as parameters: as <see cref="Metrics"/>, and lists and nulls besides.</summary>
    public static IReadOnlyList<KeyValuePair<string, DvcValue>> Params(DvcValue root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var leaves = new OrderedDictionary<string, DvcValue>(StringComparer.Ordinal);
        Add(root, "", leaves, keepsAll: true);
        return [.. leaves];
    }

    private static void Add(DvcValue value, string prefix, OrderedDictionary<string, DvcValue> leaves, bool keepsAll = false)
    {
        switch (value.Kind)
        {
            case DvcValueKind.Map:
                foreach (KeyValuePair<string, DvcValue> entry in value.Entries)
                    Add(entry.Value, prefix.Length == 0 ? entry.Key : prefix + "." + entry.Key, leaves, keepsAll);
                break;
            case DvcValueKind.Null or DvcValueKind.List when !keepsAll:
                break;
            default:
                leaves[prefix] = value;
                break;
        }
    }
}
