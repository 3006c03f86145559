using CmlNet.Workflows.Execution.Events;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Planning;

namespace CmlNet.Cli.Commands.Run;

/// <summary>Leaves out workflows whose <c>on:</c> filters do not match the event, and says so. A workflow named on the command line runs all the same.</summary>
internal static class TriggerSelection
{
    public static async Task<IReadOnlyList<(Workflow Workflow, string Event)>> ApplyAsync(
        IReadOnlyList<(Workflow Workflow, string Event)> selected,
        bool isNamed,
        Func<Workflow, string, EventPayload> payloadOf,
        string root,
        CliHost host,
        CancellationToken cancellationToken)
    {
        var kept = new List<(Workflow, string)>();
        foreach ((Workflow workflow, string eventName) in selected)
        {
            if (!workflow.Triggers.Events.TryGetValue(eventName, out EventTrigger? trigger) || await MatchesAsync(workflow, trigger, payloadOf(workflow, eventName)))
                kept.Add((workflow, eventName));
            else if (isNamed)
            {
                host.Error.WriteLine($"{workflow.Path}: GitHub would not run it: {Reason(trigger)}. It runs because it was named.");
                kept.Add((workflow, eventName));
            }
            else
                host.Error.WriteLine($"{workflow.Path}: left out, as GitHub would: {Reason(trigger)}. Name the file to run it all the same.");
        }
        return kept.Count > 0
            ? kept
            : throw new CliException(ExitCodes.Usage, $"cml run: the filters of every workflow for '{selected[0].Event}' leave it out. Name a file to run it all the same.");

        async Task<bool> MatchesAsync(Workflow workflow, EventTrigger trigger, EventPayload payload)
        {
            bool wantsPaths = trigger.Paths is not null || trigger.PathsIgnore is not null;
            return TriggerFilter.Triggers(workflow.Triggers, await TriggerEventReader.ReadAsync(payload, wantsPaths, root, cancellationToken));
        }
    }

    private static string Reason(EventTrigger trigger)
    {
        (string Key, object? Filter)[] filters =
        [
            ("types", trigger.Types), ("branches", trigger.Branches), ("branches-ignore", trigger.BranchesIgnore), ("tags", trigger.Tags),
            ("tags-ignore", trigger.TagsIgnore), ("paths", trigger.Paths), ("paths-ignore", trigger.PathsIgnore),
        ];
        string keys = string.Join(", ", filters.Where(filter => filter.Filter is not null).Select(filter => filter.Key));
        return $"'on: {trigger.Name}' with {(keys.Length > 0 ? keys : "its default types")} does not match the event";
    }
}
