using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Sections.Classification;

/// <summary>Precision, recall and F1 by class and averaged, with scikit-learn's definitions.</summary>
internal sealed class ClassificationScores
{
    public ClassificationScores(ClassCounts matrix)
    {
        Accuracy = matrix.Hits.Sum() / matrix.Total;
        var classes = new List<ClassScore>();
        for (int i = 0; i < matrix.Labels.Count; i++)
        {
            double hits = matrix.Hits[i], support = matrix.Support[i], predicted = matrix.PredictedCount[i];
            classes.Add(new ClassScore(matrix.Labels[i], Ratio(hits, predicted), Ratio(hits, support), Ratio(2 * hits, predicted + support), support));
        }

        Classes = classes;
        Macro = Average(classes, _ => 1.0 / classes.Count);
        Weighted = Average(classes, score => score.Support / matrix.Total);
    }

    public double Accuracy { get; }

    public IReadOnlyList<ClassScore> Classes { get; }

    /// <summary>Unweighted mean over classes.</summary>
    public AverageScore Macro { get; }

    /// <summary>Mean weighted by support.</summary>
    public AverageScore Weighted { get; }

    private static double? Ratio(double part, double whole) => whole == 0 ? null : part / whole;

    private static AverageScore Average(List<ClassScore> classes, Func<ClassScore, double> weight)
    {
        double precision = 0, recall = 0, f1 = 0;
        foreach (ClassScore score in classes)
        {
            double w = weight(score);
            precision += w * (score.Precision ?? 0);
            recall += w * (score.Recall ?? 0);
            f1 += w * (score.F1 ?? 0);
        }

        return new AverageScore(precision, recall, f1);
    }
}
