using CmlNet.Reports.Comparison;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Findings;

/// <summary>Rates in metrics files whose number of rows stands beside them: a two-proportion test, and Wilson's interval of the rate. The samples count as independent, which is cautious when they are the same rows.</summary>
internal static class AggregateSignificance
{
    private static readonly HashSet<string> Rates = new(StringComparer.Ordinal) { "accuracy", "recall", "sensitivity", "specificity", "tpr", "tnr", "error_rate", "fpr", "fnr", "exact_match", "wer" };
    private static readonly string[] Counts = ["n", "count", "support", "samples", "n_samples", "num_samples", "num_examples", "n_test", "total", "rows"];

    public static IReadOnlyList<SignificanceResult> Of(IReadOnlyList<MetricChange> metrics)
    {
        var results = new List<SignificanceResult>();
        foreach (MetricChange change in metrics.Where(change => Rates.Contains(FigureNames.Canonical(change.Name)) && change.Difference is not null))
        {
            int dot = change.Name.LastIndexOfAny(['.', '/']);
            string folder = change.Name[..(dot + 1)];
            MetricChange? count = Counts.Select(name => metrics.FirstOrDefault(one => one.File == change.File && one.Name == folder + name)).FirstOrDefault(one => one is not null);
            double old = change.Old!.AsDouble, now = change.New!.AsDouble; // a difference has both sides
            if (count is not { New: { IsNumeric: true } rows, Old: { IsNumeric: true } oldRows } || !IsCount(rows.AsDouble) || !IsCount(oldRows.AsDouble) || old is not (>= 0 and <= 1) || now is not (>= 0 and <= 1))
                continue;
            if (Proportions.TwoProportion((long)Math.Round(old * oldRows.AsDouble), (long)oldRows.AsDouble, (long)Math.Round(now * rows.AsDouble), (long)rows.AsDouble) is { } test)
                results.Add(new SignificanceResult { File = change.File, Method = "two-proportion", Metric = change.Name, Old = old, New = now, P = test.P, Low = Newcombe(old, oldRows.AsDouble, now, rows.AsDouble).Low, High = Newcombe(old, oldRows.AsDouble, now, rows.AsDouble).High });
        }

        return results;
    }

    // Newcombe's (1998) interval of a difference, from Wilson's intervals of both.
    private static (double Low, double High) Newcombe(double old, double oldRows, double now, double rows)
    {
        (double Low, double High) before = Wilson(old, oldRows), after = Wilson(now, rows);
        double difference = now - old;
        return (difference - Root(now - after.Low, before.High - old), difference + Root(after.High - now, old - before.Low));

        static double Root(double a, double b) => Math.Sqrt(a * a + b * b);
        static (double, double) Wilson(double rate, double n) => Proportions.Wilson((long)Math.Round(rate * n), (long)n) is { } interval ? (interval.Low, interval.High) : (0, 1);
    }

    private static bool IsCount(double value) => value is >= 1 and < 1e15 && Math.Floor(value) == value;
}
