using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.Csv;

namespace CmlNet.Reports.Plots;

/// <summary>Some columns of a file: CSV and TSV streamed, JSON, JSON Lines and YAML as <see cref="TreeRows"/> finds rows in them.</summary>
internal sealed class PlotTable
{
    private const int MostRows = 50_000_000;
    private readonly Dictionary<string, List<double>> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _texts = new(StringComparer.Ordinal);

    private PlotTable(IReadOnlyList<PlotColumn> columns)
    {
        foreach (PlotColumn column in columns)
        {
            if (column.Form == PlotColumnForm.Texts)
                _texts.TryAdd(column.Name, []);
            else
                _numbers.TryAdd(column.Name, []);
        }
    }

    /// <summary>Name of the file, for titles.</summary>
    public required string Source { get; init; }

    public int RowCount { get; private set; }

    public IReadOnlyList<double> Numbers(string column) => _numbers[column];

    /// <summary>Whether the column came as numbers.</summary>
    public bool IsNumeric(string column) => _numbers.ContainsKey(column);

    public IReadOnlyList<string> Texts(string column) => _texts[column];

    /// <param name="file">What to read.</param>
    /// <param name="choose">Says which of the columns are wanted.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="ArtifactException">Not readable, or a column that should be numeric is not.</exception>
    public static PlotTable Read(ArtifactFile file, Func<PlotHeader, IReadOnlyList<PlotColumn>> choose, CancellationToken cancellationToken)
    {
        TreeRows? tree = file.Suffix is ".json" or ".jsonl" or ".ndjson" or ".yaml" or ".yml" or ".toml" ? TreeRows.Read(file) : null;
        PlotHeader header = tree is not null ? tree.Header : PlotHeader.OfCsv(file);
        IReadOnlyList<PlotColumn> columns = choose(header);
        while (true)
        {
            var table = new PlotTable(columns) { Source = Path.GetFileName(file.Path) };
            // A column that may be either is read once more, as text, when a value turns out to be no number.
            if ((tree is null ? table.FillFromCsv(file, columns, cancellationToken) : table.FillFromTree(tree, columns)) is not { } text)
                return table;
            columns = [.. columns.Select(column => column.Name == text ? column with { Form = PlotColumnForm.Texts } : column)];
        }
    }

    private string? FillFromCsv(ArtifactFile file, IReadOnlyList<PlotColumn> columns, CancellationToken cancellationToken)
    {
        using CsvFile csv = CsvFile.Open(file);
        var numeric = columns.Where(column => _numbers.ContainsKey(column.Name)).Select(column => (Column: column, Index: csv.Find(column.Name), Values: _numbers[column.Name])).DistinctBy(c => c.Index).ToArray();
        var texts = columns.Where(column => _texts.ContainsKey(column.Name)).Select(column => (Index: csv.Find(column.Name), Values: _texts[column.Name])).DistinctBy(c => c.Index).ToArray();
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();
        while (csv.Read())
        {
            if ((RowCount & 0x3FFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (RowCount++ == MostRows)
                throw new ArtifactException($"more than {MostRows} rows; plot a sample", csv.Line);
            foreach ((PlotColumn column, int index, List<double> values) in numeric)
            {
                if (csv.TryNumber(index, out double value) || csv.IsMissing(index))
                    values.Add(value);
                else if (column.Form == PlotColumnForm.Either)
                    return column.Name;
                else
                    throw new ArtifactException($"'{csv[index]}' in column '{column.Name}' is not a number", csv.Line);
            }

            foreach ((int index, List<string> values) in texts)
            {
                // Few different labels, many rows: one string each.
                ReadOnlySpan<char> field = csv[index];
                if (!lookup.TryGetValue(field, out string? text))
                {
                    text = field.ToString();
                    if (known.Count < 10_000)
                        known.Add(text, text);
                }

                values.Add(text);
            }
        }

        return null;
    }

    private string? FillFromTree(TreeRows tree, IReadOnlyList<PlotColumn> columns)
    {
        RowCount = tree.Count;
        foreach ((string name, List<string> texts) in _texts)
        {
            for (int row = 0; row < tree.Count; row++)
                texts.Add(tree.Text(row, name));
        }

        foreach ((string name, List<double> numbers) in _numbers)
        {
            for (int row = 0; row < tree.Count; row++)
            {
                if (tree.TryNumber(row, name, out double value))
                    numbers.Add(value);
                else if (columns.Any(column => column.Name == name && column.Form == PlotColumnForm.Either))
                    return name;
                else
                    throw new ArtifactException($"'{tree.Text(row, name)}' in field '{name}' of row {row + 1} is not a number");
            }
        }

        return null;
    }
}
