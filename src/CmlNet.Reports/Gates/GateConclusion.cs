namespace CmlNet.Reports.Gates;

/// <summary>The gates' outcome in the words of a check run.</summary>
public static class GateConclusion
{
    /// <summary><c>failure</c>, <c>neutral</c> when one could not be judged or a warning failed, else <c>success</c>.</summary>
    public static string Of(ReportVerdict verdict) => verdict switch
    {
        ReportVerdict.Failed => "failure",
        ReportVerdict.Warned => "neutral",
        _ => "success",
    };

    /// <summary>A workflow command of GitHub Actions for each gate that did not pass: an annotation of the run.</summary>
    public static IEnumerable<string> Annotations(IReadOnlyList<GateResult> gates)
    {
        ArgumentNullException.ThrowIfNull(gates);
        foreach (GateResult gate in gates.Where(gate => gate.Passed != true))
        {
            string level = gate is { Passed: false, Gate.Level: GateLevel.Error } ? "error" : gate.Passed is null ? "notice" : "warning";
            string value = gate.Value is null ? "" : GateEvaluation.Text(gate.Gate, gate.Value) + ", ";
            yield return $"::{level} title={Property($"Gate {gate.Gate.Title}")}::{Message($"{value}limit {gate.Limit}: {gate.Reason}")}";
        }
    }

    // Escapes of the workflow commands: a metric's name must not begin a command of its own.
    private static string Message(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Message(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
