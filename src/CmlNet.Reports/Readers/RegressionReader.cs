using CmlNet.Reports.Predictions;
using CmlNet.Reports.Readers.Csv;

namespace CmlNet.Reports.Readers;

/// <summary>Predictions of a regression: a CSV with two columns of numbers. Only read when asked for, since labels may be numbers too.</summary>
internal sealed class RegressionReader : IArtifactReader
{
    public const string ReaderName = "regression";
    private const int MostRows = 100_000_000;

    public string Name => ReaderName;

    public bool Recognises(ArtifactFile file) => false;

    public Artifact Read(ArtifactFile file, CancellationToken cancellationToken)
    {
        using CsvFile csv = CsvFile.Open(file);
        int actualColumn = PredictionsReader.Locate(csv, file.ActualColumn, PredictionsReader.ActualNames, "--actual");
        int predictedColumn = PredictionsReader.Locate(csv, file.PredictedColumn, PredictionsReader.PredictedNames, "--predicted");
        var rows = new RowDetailsReader(csv, file.Predictions, [predictedColumn]);
        var weights = new RowWeights(csv, file.Predictions.Weight);
        List<double> actual = [], predicted = [];
        long left = 0, first = 0;
        while (csv.Read())
        {
            if (((actual.Count + left) & 0xFFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (csv.IsMissing(actualColumn) || csv.IsMissing(predictedColumn))
            {
                first = left++ == 0 ? csv.Line : first;
                continue;
            }

            if (actual.Count == MostRows)
                throw new ArtifactException($"more than {MostRows} rows; report on a sample", csv.Line);
            actual.Add(Number(csv, actualColumn));
            predicted.Add(Number(csv, predictedColumn));
            weights.Add();
            rows.Add();
        }

        if (actual.Count == 0)
            throw new ArtifactException(left == 0 ? "has a header but no rows" : $"every row ({left}) has a missing value", first);
        return new RegressionArtifact
        {
            Path = file.Path,
            Actual = [.. actual],
            Predicted = [.. predicted],
            ActualColumn = csv.Columns[actualColumn],
            PredictedColumn = csv.Columns[predictedColumn],
            Weights = weights.Build(),
            Rows = rows.Build(),
            Warnings = left == 0 ? [] : [$"{(left == 1 ? "1 row" : $"{left} rows")} with a missing or NaN value left out, the first on line {first}"],
        };
    }

    private static double Number(CsvFile csv, int column) =>
        csv.TryNumber(column, out double value) && double.IsFinite(value)
            ? value
            : throw new ArtifactException($"'{csv[column]}' in column '{csv.Columns[column]}' is not a finite number", csv.Line);
}
