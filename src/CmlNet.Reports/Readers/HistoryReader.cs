using CmlNet.Reports.Readers.Csv;
using CmlNet.Reports.Readers.Mlflow;
using CmlNet.Reports.Readers.TensorBoard;

namespace CmlNet.Reports.Readers;

/// <summary>Training histories: CSV with a step or epoch column, the JSON forms of <see cref="HistoryTree"/>, TensorBoard event files, MLflow databases.</summary>
internal sealed class HistoryReader : IArtifactReader
{
    public const string ReaderName = "history";
    private const long MostValues = 50_000_000;

    public string Name => ReaderName;

    public bool Recognises(ArtifactFile file) => TensorBoardHistory.IsEventFile(Path.GetFileName(file.FullPath)) ? TensorBoardHistory.IsFirstOfFolder(file) : file.Suffix switch
    {
        ".log" => CsvFile.Header(file) is { Count: > 1 } columns && HistoryColumns.FindStep(columns) == 0, // Keras's CSVLogger

        ".csv" or ".tsv" => CsvFile.Header(file) is { Count: > 1 } columns && HistoryColumns.FindStep(columns) >= 0,
        ".json" or ".jsonl" or ".ndjson" => file.Stem.Contains("history", StringComparison.OrdinalIgnoreCase) || file.Stem.ToLowerInvariant() is "trainer_state" or "log" or "train_log" or "training_log",
        _ => false,
    };

    public Artifact Read(ArtifactFile file, CancellationToken cancellationToken)
    {
        HistoryArtifact history = ReadAny(file, cancellationToken);
        return history.Series.Count > 0
            ? history with { IsYLog = file.IsYLog }
            : throw new ArtifactException("holds no curve; expected numbers per step, such as columns epoch, loss, val_loss");
    }

    private static HistoryArtifact ReadAny(ArtifactFile file, CancellationToken cancellationToken)
    {
        if (TensorBoardHistory.IsEventFile(Path.GetFileName(file.FullPath)))
            return TensorBoardHistory.Read(file, cancellationToken);
        if (MlflowDatabase.IsDatabase(file))
            return MlflowDatabase.Read(file, cancellationToken).History ?? throw new ArtifactException("the newest run has logged no metric more than once");
        return file.Suffix is ".csv" or ".tsv" or ".txt" or ".log" ? ReadCsv(file, cancellationToken) : HistoryTree.Read(file);
    }

    private static HistoryArtifact ReadCsv(ArtifactFile file, CancellationToken cancellationToken)
    {
        using CsvFile csv = CsvFile.Open(file);
        int step = file.XColumn is { } asked ? csv.Find(asked) : HistoryColumns.FindStep(csv.Columns);
        if (step < 0 && file.XColumn is not null)
            throw new ArtifactException($"no column '{file.XColumn}', which x names. Columns: {string.Join(", ", csv.Columns.Take(30))}", 1);
        if (step < 0)
            throw new ArtifactException($"no step or epoch column. Columns: {string.Join(", ", csv.Columns.Take(30))}; name one of them step or epoch", 1);
        var series = csv.Columns.Select((name, i) => i != step && HistoryColumns.IsCurve(name) ? new HistorySeries(name) : null).ToArray();
        var warnings = new List<string>();
        long values = 0;
        while (csv.Read())
        {
            if ((csv.Line & 0x3FFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (csv.IsMissing(step))
                continue;
            if (!csv.TryNumber(step, out double x) || !double.IsFinite(x))
                throw new ArtifactException($"'{Shorten(csv[step])}' in column '{csv.Columns[step]}' is not a number", csv.Line, 0);
            values += AddRow(csv, series, x, warnings);
            if (values > MostValues)
                throw new ArtifactException($"more than {MostValues} values; log less often or report on a part", csv.Line);
        }

        HistorySeries[] curves = [.. series.OfType<HistorySeries>().Where(s => s.X.Count > 0)];
        warnings.AddRange(curves.Where(s => s.Y.Exists(double.IsNaN)).Select(s => $"column '{s.Name}' holds {s.Y.Count(double.IsNaN)} NaN in {s.Y.Count} values"));
        return new HistoryArtifact { Path = file.Path, XName = csv.Columns[step], Series = curves, Warnings = warnings };
    }

    private static int AddRow(CsvFile csv, HistorySeries?[] series, double x, List<string> warnings)
    {
        int added = 0;
        for (int i = 0; i < series.Length; i++)
        {
            if (series[i] is not { } target)
                continue;
            if (csv.TryNumber(i, out double y))
            {
                target.Add(x, y);
                added++;
            }
            else if (!csv.IsMissing(i))
            {
                if (target.X.Count > 0)
                    warnings.Add($"column '{target.Name}' is left out: '{Shorten(csv[i])}' in line {csv.Line} is not a number");
                series[i] = null; // a column of text, or Keras's "[a, b]": not a curve
            }
        }

        return added;
    }

    private static string Shorten(ReadOnlySpan<char> field) => field.Length > 40 ? string.Concat(field[..40], "…") : field.ToString();
}
