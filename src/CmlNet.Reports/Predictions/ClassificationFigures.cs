using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Predictions;

/// <summary>The figures of a classifier on some rows.</summary>
internal sealed record ClassificationFigures
{
    public required ClassCounts Counts { get; init; }

    /// <summary>Place of the positive class of two; null when averages are meant.</summary>
    public required int? Positive { get; init; }

    /// <summary>Null without probabilities.</summary>
    public ProbabilityFigures? Probability { get; init; }

    /// <summary>Rows.</summary>
    public required long Count { get; init; }

    /// <summary>By the names that gates and programs use; null where undefined.</summary>
    public IReadOnlyList<KeyValuePair<string, double?>> Named
    {
        get
        {
            double[] margins = new double[MarginFigures.Names.Count];
            MarginFigures.Fill(Counts, Positive, margins);
            List<KeyValuePair<string, double?>> named = [.. MarginFigures.Names.Select((name, i) => KeyValuePair.Create(name, double.IsFinite(margins[i]) ? margins[i] : (double?)null))];
            if (Probability is not { } probability)
                return named;
            named.Add(KeyValuePair.Create("log_loss", probability.LogLoss));
            named.Add(KeyValuePair.Create("brier", probability.Brier));
            named.Add(KeyValuePair.Create("ece", probability.CalibrationError));
            named.Add(KeyValuePair.Create("roc_auc", probability.RocAuc));
            named.Add(KeyValuePair.Create("average_precision", probability.AveragePrecision));
            named.AddRange(probability.TopK.Select(top => KeyValuePair.Create($"top_{top.Key}_accuracy", (double?)top.Value)));
            return named;
        }
    }

    public double? this[string name] => Named.FirstOrDefault(figure => figure.Key == name).Value;
}
