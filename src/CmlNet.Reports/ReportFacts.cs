using CmlNet.Reports.Baselines;
using CmlNet.Reports.Comparison;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Gates;

namespace CmlNet.Reports;

/// <summary>What was found out, before it is put into words: the figures of the report for programs.</summary>
public sealed record ReportFacts
{
    /// <summary>Null when no comparison was asked for.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>Values of the metrics files, in the files' order.</summary>
    public required IReadOnlyList<MetricChange> Metrics { get; init; }

    public required IReadOnlyList<MetricChange> Params { get; init; }

    public required IReadOnlyList<GateResult> Gates { get; init; }

    /// <summary>Metrics and parameters of further revisions, for columns of their own.</summary>
    internal IReadOnlyList<OtherRevision> Others { get; init; } = [];

    /// <summary>What the analyses made of the files.</summary>
    internal ReportFindings Findings { get; init; } = new();

    /// <summary>The worst outcome of any gate.</summary>
    public ReportVerdict Verdict
    {
        get
        {
            if (Gates.Any(gate => gate is { Passed: false, Gate.Level: GateLevel.Error }))
                return ReportVerdict.Failed;
            return Gates.Any(gate => gate.Passed != true) ? ReportVerdict.Warned : ReportVerdict.Passed;
        }
    }
}
