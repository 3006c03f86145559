using CmlNet.Dvc.Values;
using CmlNet.Reports.Numbers;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Plots;

/// <summary>
/// Rows in JSON, JSON Lines or YAML, found as DVC finds them: a list of records, or every list of records in nested maps, several merged row by row.
/// Besides those: lists of numbers by name (a Keras history), and numbers by name (a metrics file) as rows of name and value.
/// </summary>
internal sealed class TreeRows
{
    private readonly IReadOnlyList<DvcValue> _rows;

    private TreeRows(IReadOnlyList<DvcValue> rows)
    {
        _rows = rows;
        var names = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        foreach ((string key, DvcValue value) in rows.Take(1000).SelectMany(row => row.Entries))
            names.TryAdd(key, value.IsNumeric || value.Kind == DvcValueKind.Null || IsNumber(value, out _));
        Header = new PlotHeader([.. names.Keys], [.. names.Where(name => name.Value).Select(name => name.Key)]);
    }

    public PlotHeader Header { get; }

    public IReadOnlyList<DvcValue> Rows => _rows;

    public int Count => _rows.Count;

    /// <exception cref="ArtifactException">Not readable, or without rows.</exception>
    public static TreeRows Read(ArtifactFile file)
    {
        DvcValue root = TreeFile.Read(file);
        List<IReadOnlyList<DvcValue>> lists = [];
        Collect(root, lists);
        if (lists.Count > 0)
            return new TreeRows(lists.Count == 1 ? lists[0] : Merge(lists));
        if (Columns(root) is { Count: > 0 } columns)
            return new TreeRows(columns);
        List<DvcValue> named = [.. ValueFlattening.Metrics(root).Where(entry => entry.Value.IsNumeric)
            .Select(entry => DvcValue.Of([KeyValuePair.Create("name", DvcValue.Of(entry.Key)), KeyValuePair.Create("value", entry.Value)]))];
        return named.Count > 0 ? new TreeRows(named) : throw new ArtifactException("holds no rows to plot; expected a list of records, lists of numbers by name, or numbers by name");
    }

    public string Text(int row, string name) => _rows[row].Find(name) is { } value && value.Kind != DvcValueKind.Null ? PythonText(value) : "";

    /// <summary>Absent is NaN.</summary>
    public bool TryNumber(int row, string name, out double value)
    {
        value = double.NaN;
        return _rows[row].Find(name) is not { } found || found.Kind == DvcValueKind.Null || IsNumber(found, out value);
    }

    // DVC reads every CSV value as text and leaves it to the drawing to see a number; in JSON some write numbers as text as well.
    private static bool IsNumber(DvcValue value, out double number)
    {
        number = value.AsDouble;
        return value.IsNumeric || (value.Kind == DvcValueKind.Text && Readers.Csv.CsvNumber.TryParse(value.Text, out number));
    }

    private static string PythonText(DvcValue value) => value.Kind == DvcValueKind.Number ? ValueText.Float(value.Number) : FiveDigits.Format(value);

    private static void Collect(DvcValue value, List<IReadOnlyList<DvcValue>> lists)
    {
        if (value.Kind == DvcValueKind.List && value.Items.Count > 0 && value.Items.All(item => item.Kind == DvcValueKind.Map))
            lists.Add(value.Items);
        foreach ((_, DvcValue inner) in value.Entries)
            Collect(inner, lists);
    }

    private static List<DvcValue> Merge(List<IReadOnlyList<DvcValue>> lists)
    {
        var merged = new List<DvcValue>();
        for (int i = 0; i < lists.Max(list => list.Count); i++)
        {
            var row = new OrderedDictionary<string, DvcValue>(StringComparer.Ordinal);
            foreach ((string key, DvcValue value) in lists.Where(list => i < list.Count).SelectMany(list => list[i].Entries))
                row[key] = value;
            merged.Add(DvcValue.Of([.. row]));
        }

        return merged;
    }

    private static List<DvcValue> Columns(DvcValue root)
    {
        DvcValue map = root.Find("history") ?? root;
        var columns = map.Entries.Where(entry => entry.Value.Kind == DvcValueKind.List && entry.Value.Items.All(item => item.Kind is not (DvcValueKind.List or DvcValueKind.Map))).ToList();
        int rows = columns.Select(column => column.Value.Items.Count).DefaultIfEmpty(0).Max();
        return [.. Enumerable.Range(0, rows).Select(i => DvcValue.Of([.. columns.Where(column => i < column.Value.Items.Count).Select(column => KeyValuePair.Create(column.Key, column.Value.Items[i]))]))];
    }
}
