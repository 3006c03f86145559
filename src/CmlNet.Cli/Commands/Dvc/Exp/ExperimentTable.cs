using System.Globalization;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Tables;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary>Experiments below their baselines, a column for each metric and parameter.</summary>
/// <param name="columns">Which are shown.</param>
/// <param name="sortBy">Column experiments are ordered by; null for git's order.</param>
/// <param name="isDescending">The largest first.</param>
internal sealed class ExperimentTable(ColumnFilter columns, string? sortBy, bool isDescending)
{
    /// <summary>Digits of numbers in tables for people.</summary>
    public int Precision { get; init; } = 5;

    /// <summary>Experiments by the hash of their commit alone.</summary>
    public bool ShowsHashes { get; init; }

    private readonly List<(string? Parent, ExperimentRow Row, Dictionary<string, DvcValue> Metrics, Dictionary<string, DvcValue> Params)> _rows = [];

    public void Add(string? parent, ExperimentRow row)
    {
        Dictionary<string, DvcValue> Flat(RevisionValues values, bool isParams)
        {
            // The file is named only where two have the same key.
            var all = values.Files.SelectMany(file => (isParams ? ValueFlattening.Params(file.Value) : ValueFlattening.Metrics(file.Value)).Select(leaf => (File: file.Key, leaf.Key, leaf.Value))).ToList();
            ILookup<string, string> byKey = all.ToLookup(leaf => leaf.Key, leaf => leaf.File, StringComparer.Ordinal);
            return all.ToDictionary(leaf => byKey[leaf.Key].Skip(1).Any() ? $"{leaf.File}:{leaf.Key}" : leaf.Key, leaf => leaf.Value, StringComparer.Ordinal);
        }

        _rows.Add((parent, row, Flat(row.Metrics, isParams: false), Flat(row.Params, isParams: true)));
    }

    /// <summary>Names of the metrics, then of the parameters, that are shown.</summary>
    public (IReadOnlyList<string> Metrics, IReadOnlyList<string> Params) Columns => (Names(row => row.Metrics), Names(row => row.Params));

    public string Plain() => ToTable(withTree: true).Plain();

    public string Markdown() => ToTable(withTree: true).Markdown();

    public string Csv()
    {
        (IReadOnlyList<string> metrics, IReadOnlyList<string> parameters) = Columns;
        return new TextTable(["Experiment", "rev", "typ", "Created", "parent", "State", "Executor", .. metrics, .. parameters],
            [.. Ordered().Select(item => (IReadOnlyList<string>)
            [
                item.Parent is null ? "" : item.Row.Name, item.Row.Revision.Length == 0 ? "workspace" : item.Parent is null ? item.Row.Name : item.Row.Revision[..7], item.Row.Kind,
                item.Row.Created?.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) ?? "", "", item.Row.State, "", .. metrics.Select(name => Full(item.Metrics, name)), .. parameters.Select(name => Full(item.Params, name)),
            ])]).Csv();
    }

    /// <summary>DVC's shape: baselines with their experiments.</summary>
    public string Json()
    {
        var baselines = new List<DvcValue>();
        foreach ((_, ExperimentRow row, _, _) in _rows.Where(item => item.Parent is null))
        {
            List<DvcValue> experiments = [.. Ordered().Where(item => item.Parent is not null && item.Parent == row.Revision).Select(item => Map(("revs", DvcValue.Of([State(item.Row)])), ("executor", Executor(item.Row)), ("name", DvcValue.Of(item.Row.Name))))];
            List<(string Key, DvcValue Value)> entries = [.. State(row).Entries.Select(entry => (entry.Key, entry.Value))];
            entries.Add(("experiments", experiments.Count == 0 ? DvcValue.Null : DvcValue.Of(experiments)));
            baselines.Add(Map([.. entries]));
        }

        return PythonText.Json(DvcValue.Of(baselines), sortKeys: false) + "\n";
    }

    /// <summary>Every row with name, and a number or text for each column.</summary>
    public IEnumerable<(string Name, IReadOnlyList<DvcValue?> Values)> Cells()
    {
        (IReadOnlyList<string> metrics, IReadOnlyList<string> parameters) = Columns;
        return Ordered().Select(item => (item.Row.Name, (IReadOnlyList<DvcValue?>)[.. metrics.Select(item.Metrics.GetValueOrDefault), .. parameters.Select(item.Params.GetValueOrDefault)]));
    }

    private static DvcValue State(ExperimentRow row) => Map(
        ("rev", DvcValue.Of(row.Revision.Length == 0 ? "workspace" : row.Revision)),
        ("name", row.Revision.Length == 0 ? DvcValue.Null : DvcValue.Of(row.Name)),
        ("data", Map(
            ("rev", DvcValue.Of(row.Revision.Length == 0 ? "workspace" : row.Revision)),
            ("timestamp", row.Created is { } created ? DvcValue.Of(created.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)) : DvcValue.Null),
            ("params", Files(row.Params)),
            ("metrics", Files(row.Metrics)))),
        ("error", row.Error.Length == 0 ? DvcValue.Null : Map(("msg", DvcValue.Of(row.Error)), ("type", DvcValue.Of("")))));

    private static DvcValue Executor(ExperimentRow row) => row.State.Length == 0 ? DvcValue.Null : Map(("state", DvcValue.Of(row.State.ToLowerInvariant())), ("name", DvcValue.Of("cml-queue")), ("local", DvcValue.Null));

    private static DvcValue Files(RevisionValues values) => DvcValue.Of([.. values.Files.Select(file => KeyValuePair.Create(file.Key, Map(("data", file.Value))))]);

    private static DvcValue Map(params (string Key, DvcValue Value)[] entries) => DvcValue.Of([.. entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value))]);

    private TextTable ToTable(bool withTree)
    {
        (IReadOnlyList<string> metrics, IReadOnlyList<string> parameters) = Columns;
        var rows = new List<IReadOnlyList<string>>();
        var ordered = Ordered().ToList();
        bool withCreated = columns.ShowsFixed("Created"), withState = columns.ShowsFixed("State") && ordered.Exists(item => item.Row.State.Length > 0);
        for (int i = 0; i < ordered.Count; i++)
        {
            var item = ordered[i];
            bool isLast = i + 1 == ordered.Count || ordered[i + 1].Parent is null;
            string name = item.Parent is null || !withTree ? item.Row.Name : $"{(isLast ? "└──" : "├──")} {item.Row.Revision[..7]}{(ShowsHashes ? "" : $" [{item.Row.Name}]")}";
            string created = item.Row.Created?.ToString("MMM dd, yyyy", CultureInfo.InvariantCulture) ?? "-", state = item.Row.State.Length == 0 ? "-" : item.Row.State;
            rows.Add([name, .. withCreated ? [created] : Array.Empty<string>(), .. withState ? [state] : Array.Empty<string>(), .. metrics.Select(metric => Short(item.Metrics, metric, Precision)), .. parameters.Select(parameter => Short(item.Params, parameter, Precision))]);
        }

        return new TextTable(["Experiment", .. withCreated ? ["Created"] : Array.Empty<string>(), .. withState ? ["State"] : Array.Empty<string>(), .. metrics, .. parameters], rows);
    }

    private IEnumerable<(string? Parent, ExperimentRow Row, Dictionary<string, DvcValue> Metrics, Dictionary<string, DvcValue> Params)> Ordered()
    {
        if (sortBy is null)
            return _rows;
        double Key((string? Parent, ExperimentRow Row, Dictionary<string, DvcValue> Metrics, Dictionary<string, DvcValue> Params) item)
        {
            DvcValue? value = item.Metrics.GetValueOrDefault(sortBy) ?? item.Params.GetValueOrDefault(sortBy);
            double number = value switch { { Kind: DvcValueKind.Integer } => value.Integer, { Kind: DvcValueKind.Number } => value.Number, _ => double.PositiveInfinity };
            return isDescending ? -number : number;
        }

        return _rows.Where(item => item.Parent is null).SelectMany(baseline => _rows.Where(item => item.Parent is not null && item.Parent == baseline.Row.Revision).OrderBy(Key).Prepend(baseline));
    }

    private List<string> Names(Func<(string? Parent, ExperimentRow Row, Dictionary<string, DvcValue> Metrics, Dictionary<string, DvcValue> Params), Dictionary<string, DvcValue>> values) =>
    [
        .. _rows.SelectMany(row => values(row).Keys).Distinct(StringComparer.Ordinal).Order(CodePointComparer.Instance)
            .Where(name => columns.Shows(name, _rows.Where(row => row.Row.State.Length == 0).Select(row => Full(values(row), name)))),
    ];

    private static string Full(Dictionary<string, DvcValue> values, string name) => values.TryGetValue(name, out DvcValue? value) ? PythonText.Text(value) : "";

    // Python's {:.5g}
    private static string Short(Dictionary<string, DvcValue> values, string name, int precision)
    {
        if (!values.TryGetValue(name, out DvcValue? value))
            return "-";
        if (value.Kind != DvcValueKind.Number || !double.IsFinite(value.Number))
            return PythonText.Text(value);
        string text = PythonText.Float(double.Parse(value.Number.ToString($"E{Math.Clamp(precision, 1, 17) - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        return text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;
    }
}
