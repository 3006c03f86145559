using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution.Events;

/// <summary>The inputs of a <c>workflow_dispatch</c>: what was given, and the defaults of the rest.</summary>
public static class DispatchInputs
{
    /// <param name="workflow">Declares them under <c>on.workflow_dispatch.inputs</c>.</param>
    /// <param name="eventName">Any other event has none.</param>
    /// <param name="given">By the user; names ignore case.</param>
    /// <returns>In the order in which the workflow declares them.</returns>
    /// <exception cref="InvalidRunException">One that the workflow does not declare, or a required one that has no value; all at once.</exception>
    public static IReadOnlyDictionary<string, string> Complete(Workflow workflow, string eventName, IReadOnlyDictionary<string, string> given)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(given);
        var declared = eventName == "workflow_dispatch" ? Declared(workflow) : null;
        var errors = new List<WorkflowError>();
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((TemplateToken key, TemplateToken value) in declared?.Items ?? [])
        {
            string name = key.AsText() ?? "";
            var input = value as MappingToken;
            if (given.TryGetValue(name, out string? text) || (text = input?.Get("default").AsText()) is not null)
                values[name] = text;
            else if (string.Equals(input?.Get("required").AsText(), "true", StringComparison.OrdinalIgnoreCase))
                errors.Add(new WorkflowError(key.Location, $"The input '{name}' is required", $"give it with --input {name}=VALUE"));
            else
                values[name] = "";
        }
        foreach (string name in given.Keys.Where(name => !values.ContainsKey(name)))
            errors.Add(new WorkflowError(new SourceLocation(workflow.Path, 0, 0), $"There is no input '{name}' for {eventName}", values.Count == 0 ? "it has none" : $"inputs: {string.Join(", ", values.Keys)}"));
        return errors.Count == 0 ? values : throw new InvalidRunException(errors);
    }

    private static MappingToken? Declared(Workflow workflow) =>
        (workflow.Triggers.Events.GetValueOrDefault("workflow_dispatch")?.Configuration as MappingToken)?.Get("inputs") as MappingToken;
}
