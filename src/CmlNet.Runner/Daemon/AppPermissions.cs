using CmlNet.Runner.Configuration;
using CmlNet.Runner.Jobs.GitHub;

namespace CmlNet.Runner.Daemon;

/// <summary>Whether a GitHub App's installation may do what a configuration needs of it.</summary>
internal static class AppPermissions
{
    public static DoctorFinding Examine(IReadOnlyDictionary<string, string> granted, GitHubScope scope, RunnerConfiguration configuration)
    {
        string[] missing = [.. Wanted(scope, configuration).Where(wanted => !Has(granted, wanted.Name, wanted.IsWrite)).Select(wanted => $"'{wanted.Title}: {(wanted.IsWrite ? "write" : "read")}' {wanted.Why}")];
        return missing.Length == 0
            ? new DoctorFinding("permissions", true, "the App has all that is needed")
            : new DoctorFinding("permissions", false, $"The App lacks {string.Join(", ", missing)}. Add it under Permissions in the App's settings, and accept the change where it is installed.");
    }

    private static IEnumerable<(string Name, string Title, bool IsWrite, string Why)> Wanted(GitHubScope scope, RunnerConfiguration configuration)
    {
        yield return scope.IsRepository
            ? ("administration", "Administration", true, "to register runners")
            : ("organization_self_hosted_runners", "Self-hosted runners", true, "to register runners");
        bool reports = configuration.Pools.Any(pool => pool.Report.IsEnabled);
        bool reruns = configuration.Pools.Any(pool => pool.Reruns > 0);
        if (reports)
            yield return ("pull_requests", "Pull requests", true, "to post reports");
        if (reports)
            yield return ("contents", "Contents", true, "to keep the reports' pictures and comment on commits");
        if (reruns || reports || configuration.Pools.Any(pool => pool.Mode != JobSourceKind.ScaleSet))
            yield return ("actions", "Actions", reruns, reruns ? "to run lost jobs again" : "to look up runs");
    }

    private static bool Has(IReadOnlyDictionary<string, string> granted, string name, bool isWrite) =>
        granted.GetValueOrDefault(name) is { } level && (level is "write" or "admin" || (!isWrite && level == "read"));
}
