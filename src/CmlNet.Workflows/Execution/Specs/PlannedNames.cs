namespace CmlNet.Workflows.Execution.Specs;

/// <summary>What stands in a plan for paths that a run chooses.</summary>
public static class PlannedNames
{
    /// <summary>The run's own folder.</summary>
    public const string Run = "{run}";

    /// <summary>The single file of <c>cml</c>.</summary>
    public const string Binary = "{cml}";

    /// <summary>A mount that every job has, whatever its workflow says.</summary>
    public static bool IsOwn(string source) => source.StartsWith(Run, StringComparison.Ordinal) || source.StartsWith(Binary, StringComparison.Ordinal);
}
