using CmlNet.Reports.Charts;
using CmlNet.Reports.Charts.Rates;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.Csv;

namespace CmlNet.Reports.Plots;

/// <summary>ROC, precision-recall and calibration: from points that are in the file already (scikit-learn's and DVCLive's names), or from truth (-x) and scores (-y).</summary>
internal static class RatePlotData
{
    private static readonly string[] ScoreNames = ["y_score", "score", "scores", "y_prob", "y_proba", "prob", "proba", "probability", "confidence"];

    public static ChartData Build(PlotInput input)
    {
        PlotOptions options = input.Options;
        (string pointX, string pointY) = options.Kind switch { "roc" => ("fpr", "tpr"), "pr" => ("recall", "precision"), _ => ("prob_pred", "prob_true") };
        bool points = false;
        string truth = "";
        IReadOnlyList<string> scores = [];
        var tables = input.Read(header =>
        {
            points = options.X is null && options.Y.Count == 0 && header.Usual([pointX]) is not null && header.Usual([pointY]) is not null;
            if (points)
                return [new(header.Find(pointX, "-x")), new(header.Find(pointY, "-y"))];
            (truth, scores) = Choose(header, options);
            return [new(truth, PlotColumnForm.Texts), .. scores.Select(score => new PlotColumn(score))];
        });
        List<RateCurve> curves = [.. tables.SelectMany(table => points
            ? [Points(options.Kind, table.Source, table.Table.Numbers(pointX), table.Table.Numbers(pointY))]
            : scores.Select(score => Curve(input, table, truth, score, scores.Count)))];
        return options.Kind switch
        {
            "roc" => new RocChartData { Title = input.Title, Curves = curves },
            "pr" => new PrecisionRecallChartData { Title = input.Title, Curves = curves },
            _ => new CalibrationChartData { Title = input.Title, Curves = curves },
        };
    }

    private static RateCurve Points(string kind, PlotSource source, IReadOnlyList<double> x, IReadOnlyList<double> y) => new()
    {
        Name = source.Label.Length > 0 ? source.Label : "this run",
        X = x,
        Y = y,
        Score = kind switch { "roc" => CurveScores.Area(x, y), "pr" => CurveScores.AveragePrecision(x, y), _ => null },
        IsBaseline = source.IsBaseline,
    };

    private static (string Truth, IReadOnlyList<string> Scores) Choose(PlotHeader header, PlotOptions options)
    {
        string truth = options.X is { } asked ? header.Find(asked, "-x") : header.Usual(PredictionsReader.ActualNames)
            ?? throw new ArtifactException($"no column of true labels with a usual name; name it with -x. Columns: {string.Join(", ", header.Names.Take(30))}");
        if (options.Y.Count > 0)
            return (truth, [.. options.Y.Select(name => header.Find(name, "-y"))]);
        string[] usual = [.. header.NumericNames.Where(name => name != truth && (ScoreNames.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("proba_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("prob_", StringComparison.OrdinalIgnoreCase)))];
        return usual.Length > 0 ? (truth, usual) : throw new ArtifactException($"no column of scores with a usual name ({string.Join(", ", ScoreNames)}, proba_*); name it with -y. Columns: {string.Join(", ", header.Names.Take(30))}");
    }

    private static RateCurve Curve(PlotInput input, (PlotSource Source, PlotTable Table) from, string truth, string score, int scores)
    {
        IReadOnlyList<string> labels = from.Table.Texts(truth);
        string positive = Positive(input.Options.Value, labels, score);
        bool[] isPositive = [.. labels.Select(label => label == positive)];
        if (!Array.Exists(isPositive, flag => flag))
            throw new ReportInputException($"{from.Table.Source}: no row of '{truth}' is '{positive}', so nothing is positive; name the label with --positive");
        string name = input.Name(from.Source, score, scores);
        IReadOnlyList<double> values = from.Table.Numbers(score);
        RateCurve curve = input.Options.Kind switch
        {
            "roc" => RateCurves.Roc(name, values, isPositive),
            "pr" => RateCurves.PrecisionRecall(name, values, isPositive),
            _ => RateCurves.Calibration(name, values, isPositive),
        };
        return curve with { IsBaseline = from.Source.IsBaseline };
    }

    // The one that was named; of several classes the one the column is named after; else the last label.
    private static string Positive(string? asked, IReadOnlyList<string> labels, string score)
    {
        if (asked is not null)
            return asked;
        string[] distinct = [.. labels.Distinct(StringComparer.Ordinal).Take(10_000)];
        if (distinct.Length > 2 && distinct.Where(label => label.Length > 0 && score.EndsWith("_" + label, StringComparison.Ordinal)).MaxBy(label => label.Length) is { } own)
            return own;
        bool numeric = distinct.All(label => CsvNumber.TryParse(label, out _));
        return numeric
            ? distinct.MaxBy(label => CsvNumber.TryParse(label, out double value) ? value : double.NegativeInfinity) ?? ""
            : distinct.Max(StringComparer.Ordinal) ?? "";
    }
}
