namespace CmlNet.Reports.Readers;

/// <summary>Which columns of a history count steps, and which are neither steps nor curves.</summary>
internal static class HistoryColumns
{
    /// <summary>In order of preference: the finest counter first.</summary>
    public static readonly IReadOnlyList<string> Steps = ["step", "global_step", "_step", "iteration", "iter", "batch", "epoch", "epochs", "round"];

    private static readonly HashSet<string> Clocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "time", "timestamp", "_timestamp", "wall_time", "walltime", "date", "datetime", "elapsed", "_runtime", "total_flos",
    };

    /// <summary>Index of the step column among the names; -1 when there is none.</summary>
    public static int FindStep(IReadOnlyList<string> names)
    {
        foreach (string step in Steps)
        {
            for (int i = 0; i < names.Count; i++)
            {
                if (string.Equals(names[i], step, StringComparison.OrdinalIgnoreCase))
                    return i;
            }
        }

        return -1;
    }

    /// <summary>As <see cref="FindStep(IReadOnlyList{string})"/>, for a column asked for by name.</summary>
    /// <exception cref="ArtifactException">It is not there.</exception>
    public static int FindStep(IReadOnlyList<string> names, string? asked)
    {
        if (asked is null)
            return FindStep(names);
        int found = names.ToList().IndexOf(asked);
        return found >= 0 ? found : throw new ArtifactException($"no '{asked}', which x names; there are {string.Join(", ", names.Take(30))}");
    }

    public static bool IsCurve(string name) =>
        name.Length > 0 && !Clocks.Contains(name) && !Steps.Contains(name, StringComparer.OrdinalIgnoreCase)
        && !name.EndsWith("_runtime", StringComparison.OrdinalIgnoreCase) && !name.EndsWith("_per_second", StringComparison.OrdinalIgnoreCase);
}
