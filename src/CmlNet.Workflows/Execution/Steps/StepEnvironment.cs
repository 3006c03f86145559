using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Events;
using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Execution.Steps;

/// <summary>A step's environment in GitHub's order: job, step, then GITHUB_* and RUNNER_*, which nobody can override.</summary>
internal static class StepEnvironment
{
    public static IReadOnlyDictionary<string, string> Build(RunContext run, JobState state, ContextSet contexts, IReadOnlyDictionary<string, string> stepEnvironment, StepFiles files)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["CI"] = "true", ["HOME"] = state.Paths.Home };
        Over(environment, state.Environment);
        Over(environment, stepEnvironment);
        // Outside an action of another repository they are there, too, and empty.
        environment["GITHUB_ACTION_REF"] = "";
        environment["GITHUB_ACTION_REPOSITORY"] = "";
        Over(environment, GitHubContext.ToEnvironment(contexts.GitHub));
        Over(environment, contexts.Runner.Select(pair => KeyValuePair.Create("RUNNER_" + pair.Key.ToUpperInvariant(), ExpressionText.ToText(pair.Value))));
        Over(environment, files.Variables);
        environment["GITHUB_ACTIONS"] = "true";
        if (!run.Request.Publish)
            environment["CML_LOCAL_HOST"] = run.LocalHostInJob;
        environment["PATH"] = SearchPath(state, environment);
        return environment;
    }

    private static string SearchPath(JobState state, Dictionary<string, string> environment)
    {
        string basePath = environment.TryGetValue("PATH", out string? given) ? given : state.BasePath;
        return string.Join(':', state.PathEntries.Append(basePath));
    }

    private static void Over(Dictionary<string, string> environment, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        foreach ((string name, string value) in pairs)
            environment[name] = value;
    }
}
