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
        return new List<KeyValuePair<string, DvcValue>>(leaves); // a list: to enumerate an array of pairs is compiled while the program runs
    }

    /// <summary>The leaves DVC counts as parameters: as <see cref="Metrics"/>, and lists and nulls besides.</summary>
    public static IReadOnlyList<KeyValuePair<string, DvcValue>> Params(DvcValue root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var leaves = new OrderedDictionary<string, DvcValue>(StringComparer.Ordinal);
        Add(root, "", leaves, keepsAll: true);
        return new List<KeyValuePair<string, DvcValue>>(leaves); // a list: to enumerate an array of pairs is compiled while the program runs
    }

    /// <summary>The same leaves as <see cref="Metrics"/>, as nested as they were; null when nothing is left.</summary>
    public static DvcValue? OnlyMetrics(DvcValue root)
    {
        ArgumentNullException.ThrowIfNull(root);
        if (root.Kind is DvcValueKind.Null or DvcValueKind.List)
            return null;
        if (root.Kind != DvcValueKind.Map)
            return root;
        var kept = new List<KeyValuePair<string, DvcValue>>();
        foreach ((string key, DvcValue value) in root.Entries)
        {
            if (OnlyMetrics(value) is { } inner)
                kept.Add(KeyValuePair.Create(key, inner));
        }

        return kept.Count == 0 ? null : DvcValue.Of(kept);
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
