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
    private const double SameFigure = 0.006;

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

    public IEnumerable<SignificanceResult> Significance => Classification.SelectMany(one => one.Significance).Concat(Regression.SelectMany(one => one.Significance)).Concat(Aggregates);

    public IEnumerable<SliceResult> Slices => Classification.SelectMany(one => one.Slices).Concat(Regression.SelectMany(one => one.Slices));

    /// <summary>Figures computed from predictions, as metrics of their file.</summary>
    public IReadOnlyList<MetricChange> Figures =>
    [
        .. Classification.SelectMany(one => Changes(one.Predictions.Path, one.Figures.Named, one.Old?.Named)),
        .. Regression.SelectMany(one => Changes(one.Predictions.Path, RegressionFigures.Named(one.Scores), one.Old is { } old ? RegressionFigures.Named(old) : null)),
    ];

    /// <summary>The test of a metric's change: of its own file if there is one, else of predictions, if their figure is the same on both sides; null when it was not tested.</summary>
    /// <param name="change">As the metrics table has it.</param>
    /// <param name="wantsInterval">A method that gives an interval of the difference.</param>
    public SignificanceResult? Test(MetricChange change, bool wantsInterval)
    {
        string name = FigureNames.Canonical(change.Name);
        return Significance.Where(one => (one.Metric == change.Name && one.File == change.File) || (one.Metric == name && !Aggregates.Contains(one) && IsSame(one.New, change.New) && IsSame(one.Old, change.Old)))
            .Where(one => !wantsInterval || one.Low is not null)
            .OrderByDescending(one => one.File == change.File).ThenByDescending(one => one.Method == "mcnemar").FirstOrDefault();
    }

    // Files round; another average, or per cents, are another figure.
    private static bool IsSame(double? figure, DvcValue? metric) =>
        figure is { } computed && metric is { IsNumeric: true } && Math.Abs(computed - metric.AsDouble) <= SameFigure * Math.Max(1, Math.Abs(computed));

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
