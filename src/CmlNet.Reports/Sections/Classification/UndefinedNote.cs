using CmlNet.Reports.Findings;

namespace CmlNet.Reports.Sections.Classification;

/// <summary>Why a figure is missing: what is 0/0 is not 0.</summary>
internal static class UndefinedNote
{
    /// <summary>Null when every figure is defined.</summary>
    public static string? Of(ClassificationResult result)
    {
        ConfusionMatrix matrix = result.Matrix;
        var parts = new List<string>();
        Add(parts, "precision is undefined for classes never predicted", matrix, matrix.PredictedCount);
        Add(parts, "recall is undefined for classes that never occur", matrix, matrix.Support);
        string? classes = parts.Count == 0 ? null : $"A figure shown as – is undefined (0/0); precision, recall and F1 count as 0 in the averages then: {string.Join("; ", parts)}.";
        List<string> rest = [.. result.Figures.Named.Where(figure => figure.Value is null).Select(figure => $"{figure.Key} {Reason(figure.Key, result)}")];
        return rest.Count == 0 ? classes : $"{(classes is null ? "" : classes + " ")}Undefined: {string.Join("; ", rest)}.";
    }

    private static string Reason(string name, ClassificationResult result) => name switch
    {
        "roc_auc" or "average_precision" => result.Matrix.Support.Count(count => count > 0) < 2 ? "(only one class occurs)" : "(a class has no rows, or all)",
        "mcc" or "cohen_kappa" => "(all rows are of one class, or all are predicted as one)",
        "log_loss" or "brier" or "ece" => "(the scores are no probabilities)",
        _ => "(0/0)",
    };

    private static void Add(List<string> parts, string reason, ConfusionMatrix matrix, double[] counts)
    {
        var labels = matrix.Labels.Where((_, i) => counts[i] == 0).ToList();
        if (labels.Count > 0)
            parts.Add($"{reason} ({string.Join(", ", labels.Take(10))}{(labels.Count > 10 ? $" and {labels.Count - 10} more" : "")})");
    }
}
