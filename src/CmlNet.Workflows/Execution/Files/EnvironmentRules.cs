namespace CmlNet.Workflows.Execution.Files;

/// <summary>Which variables a job may not set for its later steps.</summary>
internal static class EnvironmentRules
{
    /// <summary>NODE_OPTIONS would run code inside every JavaScript action that follows.</summary>
    private static readonly string[] Blocked = ["NODE_OPTIONS"];

    public static bool IsBlocked(string name) => Blocked.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Keeps what may be set. A blocked name is an error in the log, and the step does not fail, as on GitHub.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Apply(IReadOnlyList<KeyValuePair<string, string>> entries, out IReadOnlyList<string> errors)
    {
        errors = [.. entries.Where(static entry => IsBlocked(entry.Key)).Select(static entry => $"Can't store {entry.Key.ToUpperInvariant()} output parameter using '$GITHUB_ENV' command.")];
        return errors.Count == 0 ? entries : [.. entries.Where(static entry => !IsBlocked(entry.Key))];
    }
}
