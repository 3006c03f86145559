namespace CmlNet.Workflows.Execution.Files;

/// <summary>Which variables a job may not set for its later steps.</summary>
internal static class EnvironmentRules
{
    /// <summary>NODE_OPTIONS would run code inside every JavaScript action that follows.</summary>
    private static readonly string[] Blocked = ["NODE_OPTIONS"];

    public static bool IsBlocked(string name) => Blocked.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>What to say of a blocked name: an error in the log, and the step does not fail, as on GitHub.</summary>
    public static string Refusal(string name) => $"Can't store {name.ToUpperInvariant()} output parameter using '$GITHUB_ENV' command.";
}
