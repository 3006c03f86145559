namespace CmlNet.Dvc.Values;

/// <summary>A value read from JSON or YAML. Only the member that belongs to <see cref="Kind"/> carries anything.</summary>
public sealed record DvcValue
{
    public static readonly DvcValue Null = new() { Kind = DvcValueKind.Null };

    public required DvcValueKind Kind { get; init; }

    public bool Boolean { get; init; }

    public long Integer { get; init; }

    /// <summary>May be NaN or infinite: Python writes both bare into JSON, YAML spells them <c>.nan</c> and <c>.inf</c>.</summary>
    public double Number { get; init; }

    public string Text { get; init; } = "";

    public IReadOnlyList<DvcValue> Items { get; init; } = [];

    /// <summary>In file order, each key once.</summary>
    public IReadOnlyList<KeyValuePair<string, DvcValue>> Entries { get; init; } = [];

    public bool IsNumeric => Kind is DvcValueKind.Integer or DvcValueKind.Number;

    /// <summary>The number, whichever way it was written; NaN when this is not a number.</summary>
    public double AsDouble => Kind switch
    {
        DvcValueKind.Integer => Integer,
        DvcValueKind.Number => Number,
        _ => double.NaN,
    };

    public static DvcValue Of(bool value) => new() { Kind = DvcValueKind.Boolean, Boolean = value };

    public static DvcValue Of(long value) => new() { Kind = DvcValueKind.Integer, Integer = value };

    public static DvcValue Of(double value) => new() { Kind = DvcValueKind.Number, Number = value };

    public static DvcValue Of(string value) => new() { Kind = DvcValueKind.Text, Text = value };

    public static DvcValue Of(IReadOnlyList<DvcValue> items) => new() { Kind = DvcValueKind.List, Items = items };

    public static DvcValue Of(IReadOnlyList<KeyValuePair<string, DvcValue>> entries) => new() { Kind = DvcValueKind.Map, Entries = entries };

    /// <summary>The entry of that name, or null when this is no map or has none.</summary>
    public DvcValue? Find(string key)
    {
        foreach (KeyValuePair<string, DvcValue> entry in Entries)
        {
            if (string.Equals(entry.Key, key, StringComparison.Ordinal))
                return entry.Value;
        }

        return null;
    }
}
