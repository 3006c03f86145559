using CmlNet.Reports.Predictions;
using CmlNet.Reports.Readers.Csv;

namespace CmlNet.Reports.Readers;

/// <summary>Predictions of a classifier: a CSV with a column of true labels and one of predicted labels. Measurements in their place are a regression's, where nobody said otherwise.</summary>
internal sealed class PredictionsReader : IArtifactReader
{
    public const string ReaderName = "predictions";

    /// <summary>Column names tried, in order, when none is given.</summary>
    public static readonly IReadOnlyList<string> ActualNames = ["actual", "y_true", "true", "true_label", "label", "target", "truth", "ground_truth", "y"];

    /// <summary>Column names tried, in order, when none is given.</summary>
    public static readonly IReadOnlyList<string> PredictedNames = ["predicted", "y_pred", "pred", "prediction", "predicted_label", "predictions", "y_hat"];

    private const int MostRows = 100_000_000;

    public string Name => ReaderName;

    public bool Recognises(ArtifactFile file)
    {
        if (file.Suffix is not (".csv" or ".tsv"))
            return false;
        var columns = new HashSet<string>(CsvFile.Header(file), StringComparer.OrdinalIgnoreCase);
        bool actual = file.ActualColumn is { } a ? columns.Contains(a) : ActualNames.Any(columns.Contains);
        bool predicted = file.PredictedColumn is { } p ? columns.Contains(p) : PredictedNames.Any(columns.Contains);
        return actual && predicted;
    }

    public Artifact Read(ArtifactFile file, CancellationToken cancellationToken)
    {
        using CsvFile csv = CsvFile.Open(file);
        int actualColumn = Locate(csv, file.ActualColumn, ActualNames, "--actual");
        int predictedColumn = Locate(csv, file.PredictedColumn, PredictedNames, "--predicted");
        var scores = ScoreColumns.Find(csv, file.Predictions.Probability);
        var rows = new RowDetailsReader(csv, file.Predictions, [predictedColumn, .. scores.Columns]);
        var weights = new RowWeights(csv, file.Predictions.Weight);
        var codes = new LabelCodes();
        List<int> actual = new(csv.LikelyRows), predicted = new(csv.LikelyRows);
        long missing = 0, firstMissing = 0;
        while (csv.Read())
        {
            if (((actual.Count + missing) & 0xFFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            int actualCode = codes.Find(csv, actualColumn), predictedCode = codes.Find(csv, predictedColumn);
            if (actualCode == LabelCodes.Missing || predictedCode == LabelCodes.Missing)
            {
                firstMissing = missing++ == 0 ? csv.Line : firstMissing;
                continue;
            }

            if (actual.Count == MostRows)
                throw new ArtifactException($"more than {MostRows} rows; report on a sample", csv.Line);
            if (codes.IsFull && IsRegression(file, codes, actual.Count))
                return new RegressionReader().Read(file, cancellationToken);
            actual.Add(actualCode >= 0 ? actualCode : codes.Add(csv, actualColumn));
            predicted.Add(predictedCode >= 0 ? predictedCode : codes.Add(csv, predictedColumn));
            scores.Add(csv);
            weights.Add();
            rows.Add();
        }

        if (actual.Count == 0)
            throw new ArtifactException(missing == 0 ? "has a header but no rows" : $"every row ({missing}) has a missing label in '{csv.Columns[actualColumn]}' or '{csv.Columns[predictedColumn]}'", firstMissing);
        if (IsRegression(file, codes, actual.Count))
            return new RegressionReader().Read(file, cancellationToken);
        (IReadOnlyList<string> labels, int[] places) = codes.Sort();
        ClassScores? classScores = scores.Build(labels, actual.Count);
        return new PredictionsArtifact
        {
            Path = file.Path,
            Labels = labels,
            Actual = Sorted(actual, places),
            Predicted = Sorted(predicted, places),
            ActualColumn = csv.Columns[actualColumn],
            PredictedColumn = csv.Columns[predictedColumn],
            MissingRows = missing,
            Positive = Positive(labels, file.Predictions.Positive),
            Share = file.Predictions.Share,
            Scores = classScores,
            Weights = weights.Build(),
            Rows = rows.Build(),
            Warnings = [.. Warnings(missing, firstMissing, classScores), .. file.Predictions.Positive is { } asked && !labels.Contains(asked, StringComparer.Ordinal) ? [$"no row has the positive class '{asked}'; the classes are {string.Join(", ", labels.Take(20))}"] : Array.Empty<string>()],
        };
    }

    // A class or a probability that was asked for says what the rows are.
    private static bool IsRegression(ArtifactFile file, LabelCodes codes, int rows) =>
        file is { MayBeRegression: true, Predictions: { Positive: null, Probability: null } } && codes.AreMeasurements(rows);

    private static int[] Sorted(List<int> codes, int[] places)
    {
        int[] sorted = [.. codes];
        for (int i = 0; i < sorted.Length; i++)
            sorted[i] = places[sorted[i]];
        return sorted;
    }

    private static int? Positive(IReadOnlyList<string> labels, string? asked)
    {
        if (asked is null)
            return labels.Count == 2 ? 1 : null;
        int found = labels.ToList().FindIndex(label => label == asked);
        return found >= 0 ? found : null;
    }

    private static IEnumerable<string> Warnings(long missing, long firstMissing, ClassScores? scores)
    {
        if (missing > 0)
            yield return $"{Rows(missing)} with a missing or NaN label left out, the first on line {firstMissing}";
        if (scores is { MissingRows: > 0 })
            yield return $"{Rows(scores.MissingRows)} without a probability left out of the figures made of them";
        if (scores is { AreProbabilities: false })
            yield return "the scores are not between 0 and 1, so only figures of their order are made of them";
    }

    internal static int Locate(CsvFile csv, string? asked, IReadOnlyList<string> usual, string flag)
    {
        int found = asked is not null ? csv.Find(asked) : usual.Select(csv.Find).FirstOrDefault(i => i >= 0, -1);
        if (found >= 0)
            return found;
        string what = asked is not null ? $"no column '{asked}'" : $"no column with a usual name ({string.Join(", ", usual)})";
        throw new ArtifactException($"{what}; name it with {flag}. Columns: {string.Join(", ", csv.Columns.Take(30))}", 1);
    }

    private static string Rows(long count) => count == 1 ? "1 row" : $"{count} rows";
}
