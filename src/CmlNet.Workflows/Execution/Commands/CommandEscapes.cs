namespace CmlNet.Workflows.Execution.Commands;

/// <summary>The escapes of workflow commands. <c>%25</c> comes last, so that <c>%250A</c> means the four characters <c>%0A</c>.</summary>
internal static class CommandEscapes
{
    public static string Data(string escaped) =>
        escaped.Contains('%', StringComparison.Ordinal) ? Percent(LineEnds(escaped)) : escaped;

    public static string Property(string escaped) =>
        escaped.Contains('%', StringComparison.Ordinal)
            ? Percent(LineEnds(escaped).Replace("%3A", ":", StringComparison.Ordinal).Replace("%2C", ",", StringComparison.Ordinal))
            : escaped;

    /// <summary>For the old <c>##[…]</c> form, data and properties alike.</summary>
    public static string Legacy(string escaped) =>
        escaped.Contains('%', StringComparison.Ordinal)
            ? Percent(LineEnds(escaped.Replace("%3B", ";", StringComparison.Ordinal)).Replace("%5D", "]", StringComparison.Ordinal))
            : escaped;

    private static string LineEnds(string text) =>
        text.Replace("%0D", "\r", StringComparison.Ordinal).Replace("%0A", "\n", StringComparison.Ordinal);

    private static string Percent(string text) => text.Replace("%25", "%", StringComparison.Ordinal);
}
