namespace CmlNet.Workflows.Model.Conversion;

/// <summary>
/// The keys that contexts can have in a workflow, as far as the file says: a need that is not listed, a key that <c>github</c> has not, and what is a letter or
/// two beside a step, an input, a key of the matrix. An unknown key that is like none is null, as on GitHub; what comes from elsewhere (<c>env</c>,
/// <c>vars</c>, <c>secrets</c>, outputs) may have any.
/// </summary>
internal sealed class ContextKeys
{
    private static readonly string[] GitHub =
    [
        "action", "action_path", "action_ref", "action_repository", "action_status", "actor", "actor_id", "api_url", "artifact_cache_size_limit",
        "base_ref", "env", "event", "event_name", "event_path", "graphql_url", "head_ref", "job", "job_workflow_sha", "output", "path", "ref", "ref_name",
        "ref_protected", "ref_type", "repository", "repository_id", "repository_owner", "repository_owner_id", "repository_visibility", "repositoryUrl",
        "retention_days", "run_attempt", "run_id", "run_number", "secret_source", "server_url", "sha", "state", "step_summary", "token",
        "triggering_actor", "workflow", "workflow_ref", "workflow_sha", "workspace",
    ];

    private static readonly Dictionary<string, IReadOnlyList<string>> Others = new(StringComparer.OrdinalIgnoreCase)
    {
        ["runner"] = ["arch", "debug", "environment", "name", "os", "temp", "tool_cache", "workspace"],
        ["strategy"] = ["fail-fast", "job-index", "job-total", "max-parallel"],
        ["job"] = ["check_run_id", "container", "services", "status", "workflow_file_path", "workflow_ref", "workflow_repository", "workflow_sha"],
    };

    private static readonly Dictionary<string, IReadOnlyList<string>> Members = new(StringComparer.OrdinalIgnoreCase)
    {
        ["steps"] = ["conclusion", "outcome", "outputs"],
        ["needs"] = ["outputs", "result"],
        ["jobs"] = ["outputs", "result"],
    };

    private readonly IReadOnlyList<string> _jobs;
    private readonly IReadOnlyList<string>? _inputs;

    public ContextKeys(Workflow workflow)
    {
        _jobs = [.. workflow.Jobs.Select(job => job.Id)];
        List<EventTrigger> called = [.. workflow.Triggers.Events.Values.Where(trigger => trigger.Name is "workflow_dispatch" or "workflow_call")];
        _inputs = called.Count == 0 ? null : [.. called.SelectMany(trigger => KeysOf((trigger.Configuration as MappingToken)?.Get("inputs")))];
    }

    /// <summary>What is wrong with <c>context.key</c> and what may have been meant; null when nothing is.</summary>
    public (string Message, string? Hint)? Wrong(string context, string key, Job? job)
    {
        string name = context.ToLowerInvariant();
        switch (name)
        {
            case "github" when !Has(GitHub, key):
                return ($"'{key}' is not a key of the 'github' context", Suggestion(GitHub, key, "github."));
            case "needs" when job is not null && !Has(job.Needs, key):
                return ($"Job '{job.Id}' uses 'needs.{key}' but does not need it", Has(_jobs, key) ? $"add '{key}' to the job's needs" : $"there is no job '{key}'");
            case "jobs" when !Has(_jobs, key):
                return ($"'jobs.{key}' names no job of this workflow", Suggestion(_jobs, key, "jobs."));
            case "steps" when job is not null:
                return Misspelt(name, key, StepsOf(job));
            case "matrix" when job is not null:
                return Misspelt(name, key, MatrixOf(job));
            case "inputs":
                return Misspelt(name, key, _inputs);
            default:
                return Misspelt(name, key, Others.GetValueOrDefault(name));
        }
    }

    /// <summary>The same of <c>context.owner.key</c>: what a step or job has.</summary>
    public static (string Message, string? Hint)? WrongMember(string context, string owner, string key) =>
        Misspelt($"{context.ToLowerInvariant()}.{owner}", key, Members.GetValueOrDefault(context));

    private static (string Message, string? Hint)? Misspelt(string owner, string key, IReadOnlyList<string>? known) =>
        known is not null && !Has(known, key) && Suggestion(known, key, $"{owner}.") is { } hint ? ($"'{owner}' has no key '{key}'", hint) : null;

    private static List<string> StepsOf(Job job) => [.. job.Steps.Select(step => step.Id).Where(id => !id.StartsWith("__", StringComparison.Ordinal))];

    /// <summary>Null when an expression decides.</summary>
    private static List<string>? MatrixOf(Job job)
    {
        if (job.Strategy is null)
            return [];
        if (job.Strategy is not MappingToken strategy || strategy.Items.Any(pair => pair.Key is not StringToken))
            return null;
        TemplateToken? matrix = strategy.Get("matrix");
        if (matrix is null)
            return [];
        if (matrix is not MappingToken vectors)
            return null;
        IReadOnlyList<TemplateToken>? includes = vectors.Get("include") switch { null => [], SequenceToken items => items.Items, _ => null };
        IEnumerable<MappingToken> all = [vectors, .. includes?.OfType<MappingToken>() ?? []];
        bool isOpen = includes is null || includes.Any(item => item is not MappingToken) || all.Any(mapping => mapping.Items.Any(pair => pair.Key is not StringToken));
        return isOpen ? null : [.. all.SelectMany(KeysOf).Where(key => key is not ("include" or "exclude"))];
    }

    private static IEnumerable<string> KeysOf(TemplateToken? token) => (token as MappingToken)?.Items.Select(pair => pair.Key.AsText() ?? "") ?? [];

    private static bool Has(IEnumerable<string> keys, string key) => keys.Contains(key, StringComparer.OrdinalIgnoreCase);

    private static string? Suggestion(IReadOnlyList<string> known, string key, string prefix) =>
        NearestWord.Of(key, known) is { } nearest ? $"did you mean {prefix}{nearest}?" : null;
}
