using CmlNet.Dvc.Values;
using CmlNet.Reports.Readers.Csv;
using CmlNet.Reports.Readers.Mlflow;

namespace CmlNet.Reports.Readers;

/// <summary>Metrics from JSON, TOML, YAML (and, as DVC does, anything else that reads as YAML), CSV, a W&amp;B summary or an MLflow database.</summary>
internal sealed class MetricsReader : IArtifactReader
{
    public const string ReaderName = "metrics";
    private const int MostRows = 10_000;
    private static readonly string[] NameColumns = ["metric", "name", "key"];

    public string Name => ReaderName;

    public bool Recognises(ArtifactFile file)
    {
        bool named = file.Stem.Contains("metrics", StringComparison.OrdinalIgnoreCase)
            || file.Stem.ToLowerInvariant() is "scores" or "results" or "all_results" or "eval_results" or "summary" or "wandb-summary" or "classification_report";
        return named && file.Suffix is ".json" or ".yaml" or ".yml" or ".toml" or ".csv" or ".tsv";
    }

    public Artifact Read(ArtifactFile file, CancellationToken cancellationToken)
    {
        if (MlflowDatabase.IsDatabase(file))
            return MlflowDatabase.Read(file, cancellationToken).Metrics ?? throw new ArtifactException("the newest run has logged no metrics");
        IReadOnlyList<KeyValuePair<string, DvcValue>> values = file.Suffix is ".csv" or ".tsv" ? ReadCsv(file, cancellationToken) : ValueFlattening.Metrics(WandbFiles.IsSummary(file) ? WandbFiles.Summary(TreeFile.Read(file)) : TreeFile.Read(file));
        return values.Count > 0
            ? new MetricsArtifact { Path = file.Path, Values = values }
            : throw new ArtifactException("holds no metrics; expected numbers under names, such as {\"accuracy\": 0.93}");
    }

    // One row: its columns are the metrics. Two columns, or a column called metric: name and value. Else rows with a name: name.column.
    private static List<KeyValuePair<string, DvcValue>> ReadCsv(ArtifactFile file, CancellationToken cancellationToken)
    {
        using CsvFile csv = CsvFile.Open(file);
        var rows = new List<string[]>();
        while (csv.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (rows.Count == MostRows)
                throw new ArtifactException($"more than {MostRows} rows; a table of steps belongs in --history, a table of cases in --predictions", csv.Line);
            rows.Add([.. Enumerable.Range(0, csv.Columns.Count).Select(i => csv[i].ToString())]);
        }

        int name = NameColumns.Select(csv.Find).FirstOrDefault(i => i >= 0, -1);
        if (name < 0 && rows.Count == 1)
            return [.. csv.Columns.Select((column, i) => KeyValuePair.Create(column, Value(rows[0][i])))];
        name = Math.Max(name, 0);
        if (rows.Count > 1 && rows.TrueForAll(row => CsvNumber.TryParse(row[name], out _)))
            throw new ArtifactException($"has {rows.Count} rows and no column with names (metric, name or key); pass a table of steps as --history (columns: {string.Join(", ", csv.Columns.Take(12))})");
        var values = new OrderedDictionary<string, DvcValue>(StringComparer.Ordinal);
        foreach (string[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                if (i != name)
                    values[csv.Columns.Count == 2 ? row[name] : $"{row[name]}.{csv.Columns[i]}"] = Value(row[i]);
            }
        }

        return [.. values];
    }

    private static DvcValue Value(string field)
    {
        if (long.TryParse(field, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out long whole))
            return DvcValue.Of(whole);
        return CsvNumber.TryParse(field, out double number) ? DvcValue.Of(number) : DvcValue.Of(field);
    }
}
