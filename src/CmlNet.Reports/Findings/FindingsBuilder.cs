using CmlNet.Reports.Comparison;
using CmlNet.Reports.Contracts;
using CmlNet.Reports.Drift;
using CmlNet.Reports.Gates;
using CmlNet.Reports.Performance;
using CmlNet.Reports.Predictions;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.JUnit;

namespace CmlNet.Reports.Findings;

/// <summary>Artifacts of both sides → findings.</summary>
internal static class FindingsBuilder
{
    private const int Resamples = 2_000;
    private const int ResamplesForGates = 10_000;

    public static ReportFindings Build(IReadOnlyList<ArtifactPair> pairs, IReadOnlyList<MetricChange> metrics, IReadOnlyList<Gate> gates, CancellationToken cancellationToken)
    {
        Gate[] uncertain = [.. gates.Where(gate => gate.Significance is not null || gate.Margin is not null)];
        var predictions = new PredictionFindings(
            uncertain.Length > 0 ? ResamplesForGates : Resamples,
            uncertain.Any(gate => ScoreSide.Names.Contains(FigureNames.Canonical(gate.Name))) ? ResamplesForGates : Resamples);
        return new ReportFindings
        {
            Classification = [.. pairs.Where(pair => pair.New is PredictionsArtifact).Select(pair => predictions.Classify((PredictionsArtifact)pair.New, pair.Old as PredictionsArtifact, cancellationToken))],
            Regression = [.. pairs.Where(pair => pair.New is RegressionArtifact).Select(pair => predictions.Regress((RegressionArtifact)pair.New, pair.Old as RegressionArtifact, cancellationToken))],
            Aggregates = AggregateSignificance.Of(metrics),
            Drift = [.. pairs.Select(pair => pair.New).OfType<DriftArtifact>().Select(drift => drift.Result)],
            Contracts = [.. pairs.Select(pair => pair.New).OfType<ContractArtifact>().Select(contract => contract.Result)],
            Latency = [.. Of<LatencyArtifact>(pairs).Select(pair => new LatencyResult(pair.New.Path, LatencyFigures.Of(pair.New.Samples), pair.Old is { } old ? LatencyFigures.Of(old.Samples) : null))],
            Sizes = [.. Of<SizeArtifact>(pairs).Select(pair => new SizeResult(pair.New.Path, pair.New.Bytes, pair.Old?.Bytes))],
            Tests = [.. Of<TestsArtifact>(pairs).Select(pair => TestsResult.Of(pair.New, pair.Old))],
        };
    }

    private static IEnumerable<(T New, T? Old)> Of<T>(IReadOnlyList<ArtifactPair> pairs) where T : Artifact
    {
        foreach (ArtifactPair pair in pairs)
        {
            if (pair.New is T now)
                yield return (now, pair.Old as T);
        }
    }
}
