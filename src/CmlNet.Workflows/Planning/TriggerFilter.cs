using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Planning;

/// <summary>Whether an event starts a workflow, by its <c>on:</c>.</summary>
public static class TriggerFilter
{
    private static readonly string[] DefaultPullRequestTypes = ["opened", "synchronize", "reopened"];

    public static bool Triggers(WorkflowTriggers triggers, TriggerEvent happened)
    {
        ArgumentNullException.ThrowIfNull(triggers);
        ArgumentNullException.ThrowIfNull(happened);
        return triggers.Events.TryGetValue(happened.Name, out EventTrigger? trigger)
            && MatchesActivity(trigger, happened)
            && MatchesReference(trigger, happened)
            && MatchesPaths(trigger, happened);
    }

    private static bool MatchesActivity(EventTrigger trigger, TriggerEvent happened)
    {
        if (happened.Activity is null)
            return true;
        IReadOnlyList<string>? types = trigger.Types ?? (trigger.Name is "pull_request" or "pull_request_target" ? DefaultPullRequestTypes : null);
        return types is null || types.Contains(happened.Activity, StringComparer.OrdinalIgnoreCase);
    }

    private static bool MatchesReference(EventTrigger trigger, TriggerEvent happened)
    {
        if (happened.Ref is not { } reference)
            return true;
        const string Tags = "refs/tags/";
        const string Heads = "refs/heads/";
        bool hasBranches = trigger.Branches is not null || trigger.BranchesIgnore is not null;
        bool hasTags = trigger.Tags is not null || trigger.TagsIgnore is not null;
        if (reference.StartsWith(Tags, StringComparison.Ordinal))
        {
            // Branch filters alone mean "no tags", and the other way round; path filters do not apply to tags.
            return hasTags ? Passes(trigger.Tags, trigger.TagsIgnore, reference[Tags.Length..]) : !hasBranches;
        }

        string branch = reference.StartsWith(Heads, StringComparison.Ordinal) ? reference[Heads.Length..] : reference;
        return hasBranches ? Passes(trigger.Branches, trigger.BranchesIgnore, branch) : !hasTags;
    }

    private static bool Passes(IReadOnlyList<string>? include, IReadOnlyList<string>? ignore, string name) =>
        (include is null || GlobPattern.Includes(Patterns(include), name)) && (ignore is null || !GlobPattern.Includes(Patterns(ignore), name));

    private static bool MatchesPaths(EventTrigger trigger, TriggerEvent happened)
    {
        if (happened.ChangedPaths is not { } paths || happened.Ref?.StartsWith("refs/tags/", StringComparison.Ordinal) == true)
            return true;
        List<GlobPattern>? include = trigger.Paths is null ? null : Patterns(trigger.Paths);
        List<GlobPattern>? ignore = trigger.PathsIgnore is null ? null : Patterns(trigger.PathsIgnore);
        return (include is null || paths.Any(path => GlobPattern.Includes(include, path)))
            && (ignore is null || paths.Any(path => !GlobPattern.Includes(ignore, path)));
    }

    private static List<GlobPattern> Patterns(IReadOnlyList<string> texts) => [.. texts.Select(text => new GlobPattern(text))];
}
