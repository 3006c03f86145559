using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Projects;

/// <summary>Experiments and the commits they started from.</summary>
/// <param name="Rows">A baseline, then its experiments.</param>
/// <param name="Metrics">Names in order.</param>
/// <param name="Params">Names of those that differ between rows, in order.</param>
internal sealed record ExperimentFacts(IReadOnlyList<ExperimentFacts.Row> Rows, IReadOnlyList<string> Metrics, IReadOnlyList<string> Params)
{
    /// <param name="Name">Of the experiment, or of the commit.</param>
    /// <param name="Commit">Full hash; null for the work tree.</param>
    /// <param name="Baseline">Full hash of what it started from; null for a row that is none.</param>
    /// <param name="Metrics">By name.</param>
    /// <param name="Params">By name.</param>
    internal sealed record Row(string Name, string? Commit, string? Baseline, IReadOnlyDictionary<string, DvcValue> Metrics, IReadOnlyDictionary<string, DvcValue> Params);
}
