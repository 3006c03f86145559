using System.Globalization;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Comparison;
using CmlNet.Reports.Contracts;
using CmlNet.Reports.Drift;
using CmlNet.Reports.Lineage;
using CmlNet.Reports.Performance;
using CmlNet.Reports.Predictions;
using CmlNet.Reports.Projects;

namespace CmlNet.Reports.Findings;

/// <summary>What the analyses made of the files, before it is put into sections.</summary>
internal sealed record ReportFindings
{
    // How far a figure that a library wrote may be from ours: rounded to two decimals, or a mean over batches of single precision.
    private const double Rounded = 0.006, Written = 1e-4, Exact = 1e-9;

    public IReadOnlyList<ClassificationResult> Classification { get; init; } = [];

    public IReadOnlyList<RegressionResult> Regression { get; init; } = [];

    /// <summary>Of metrics files, from the counts in them.</summary>
    public IReadOnlyList<SignificanceResult> Aggregates { get; init; } = [];

    public IReadOnlyList<DriftResult> Drift { get; init; } = [];

    public IReadOnlyList<ContractResult> Contracts { get; init; } = [];

    public IReadOnlyList<LatencyResult> Latency { get; init; } = [];

    public IReadOnlyList<SizeResult> Sizes { get; init; } = [];

    public IReadOnlyList<TestsResult> Tests { get; init; } = [];

    /// <summary>Null when it was not asked for.</summary>
    public LineageFacts? Lineage { get; init; }

    /// <summary>Null outside a DVC project, or when it was not asked for.</summary>
    public ProjectFacts? Project { get; init; }

    public IEnumerable<SignificanceResult> Significance => Paired.Concat(Aggregates);

    public IEnumerable<SliceResult> Slices => Classification.SelectMany(one => one.Slices).Concat(Regression.SelectMany(one => one.Slices));

    /// <summary>Figures computed from predictions, as metrics of their file.</summary>
    public IReadOnlyList<MetricChange> Figures =>
    [
        .. Classification.SelectMany(one => Changes(one.Predictions.Path, one.Figures.Named, one.Old?.Named)),
        .. Regression.SelectMany(one => Changes(one.Predictions.Path, RegressionFigures.Named(one.Scores), one.Old is { } old ? RegressionFigures.Named(old) : null)),
    ];

    /// <summary>
    /// The test of a metric's change; null when it was not tested. One of predictions goes first, whose rows are paired, if their figure of that name is the same
    /// on both sides, or any figure to the last digit; then that of the counts beside the metric.
    /// </summary>
    /// <param name="change">As the metrics table has it.</param>
    /// <param name="wantsInterval">A method that gives an interval of the difference.</param>
    public SignificanceResult? Test(MetricChange change, bool wantsInterval)
    {
        string name = FigureNames.Canonical(change.Name);
        return Paired.Select(one => (Test: one, IsPaired: true)).Concat(Aggregates.Select(one => (Test: one, IsPaired: false)))
            .Select(one => (one.Test, IsOwn: one.Test.Metric == change.Name && one.Test.File == change.File, one.IsPaired))
            .Where(one => one.IsOwn || (one.IsPaired && ((change.IsChanged && IsSame(one.Test, change, Exact)) || (one.Test.Metric == name && IsSame(one.Test, change, Rounded)))))
            .Where(one => !wantsInterval || one.Test.Low is not null)
            .OrderByDescending(one => one.IsPaired).ThenByDescending(one => one.IsOwn).ThenByDescending(one => one.Test.Metric == name).ThenByDescending(one => one.Test.Method == "mcnemar").Select(one => one.Test).FirstOrDefault();
    }

    private IEnumerable<SignificanceResult> Paired => Classification.SelectMany(one => one.Significance).Concat(Regression.SelectMany(one => one.Significance));

    private static bool IsSame(SignificanceResult test, MetricChange change, double most) =>
        IsSame(test.New, change.New, most) && IsSame(test.Old, change.Old, most);

    // Another average, or per cents, are another figure.
    private static bool IsSame(double? figure, DvcValue? metric, double most) =>
        figure is { } computed && metric is { IsNumeric: true } && Math.Abs(computed - metric.AsDouble) <= Math.Min(most, Math.Max(Written, LastDigit(metric.AsDouble))) * Math.Max(1, Math.Abs(computed));

    // One in the last decimal that is written: files round, some cut off.
    private static double LastDigit(double value)
    {
        string text = value.ToString("F9", CultureInfo.InvariantCulture).TrimEnd('0');
        return Math.Pow(10, text.IndexOf('.', StringComparison.Ordinal) - text.Length + 1);
    }

    private static IEnumerable<MetricChange> Changes(string file, IReadOnlyList<KeyValuePair<string, double?>> now, IReadOnlyList<KeyValuePair<string, double?>>? old)
    {
        var rules = new DirectionRules([], []);
        foreach ((string name, double? value) in now)
        {
            double? before = old?.FirstOrDefault(one => one.Key == name).Value;
            yield return new MetricChange { File = file, Name = name, New = value is { } number ? DvcValue.Of(number) : null, Old = before is { } was ? DvcValue.Of(was) : null, Direction = rules.Of(name) };
        }
    }
}
