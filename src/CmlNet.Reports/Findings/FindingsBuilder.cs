using CmlNet.Reports.Comparison;
using CmlNet.Reports.Gates;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Findings;

/// <summary>Artifacts of both sides → findings.</summary>
internal static class FindingsBuilder
{
    private const int Resamples = 2_000;
    private const int ResamplesForGates = 10_000;

    public static ReportFindings Build(IReadOnlyList<ArtifactPair> pairs, IReadOnlyList<MetricChange> metrics, IReadOnlyList<Gate> gates, CancellationToken cancellationToken)
    {
        var predictions = new PredictionFindings(gates.Any(gate => gate.Significance is not null || gate.Margin is not null) ? ResamplesForGates : Resamples);
        return new ReportFindings
        {
            Classification = [.. pairs.Where(pair => pair.New is PredictionsArtifact).Select(pair => predictions.Classify((PredictionsArtifact)pair.New, pair.Old as PredictionsArtifact, cancellationToken))],
            Regression = [.. pairs.Where(pair => pair.New is RegressionArtifact).Select(pair => predictions.Regress((RegressionArtifact)pair.New, pair.Old as RegressionArtifact, cancellationToken))],
            Aggregates = AggregateSignificance.Of(metrics),
        };
    }
}
