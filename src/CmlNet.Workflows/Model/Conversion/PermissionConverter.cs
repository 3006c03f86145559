namespace CmlNet.Workflows.Model.Conversion;

/// <summary><c>permissions</c>: scope to <c>read</c> or <c>write</c>; what is not granted is not there.</summary>
internal static class PermissionConverter
{
    private static readonly string[] AllScopes =
    [
        "actions", "checks", "contents", "deployments", "discussions", "id-token", "issues", "packages", "pages", "pull-requests",
        "repository-projects", "security-events", "statuses",
    ];

    public static IReadOnlyDictionary<string, string>? Convert(TemplateToken? token) => token switch
    {
        StringToken { Value: "read-all" } => All("read"),
        StringToken { Value: "write-all" } => All("write"),
        MappingToken mapping => mapping.Items
            .Select(pair => (Scope: pair.Key.AsText() ?? "", Level: pair.Value.AsText() ?? ""))
            .Where(pair => pair.Level is "read" or "write")
            .OrderBy(pair => pair.Scope, StringComparer.Ordinal)
            .ToDictionary(pair => pair.Scope, pair => pair.Level, StringComparer.Ordinal),
        _ => null,
    };

    private static Dictionary<string, string> All(string level) => AllScopes.ToDictionary(scope => scope, _ => level, StringComparer.Ordinal);
}
