using System.Globalization;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Model.Schema;

namespace CmlNet.Workflows.Execution.Events;

/// <summary>
/// The inputs of a <c>workflow_dispatch</c>: what was given, and the defaults of the rest. The event's payload has them as text, the
/// <c>inputs</c> context as what they are declared to be.
/// </summary>
public static class DispatchInputs
{
    /// <summary>The event that has inputs.</summary>
    public const string EventName = "workflow_dispatch";

    /// <param name="workflow">Declares them under <c>on.workflow_dispatch.inputs</c>.</param>
    /// <param name="eventName">Any other event has none.</param>
    /// <param name="given">By the user; names ignore case.</param>
    /// <returns>In the order in which the workflow declares them.</returns>
    /// <exception cref="InvalidRunException">
    /// One that the workflow does not declare, a required one that has no value, a value that is not of its type or not among its options; all at once.
    /// </exception>
    public static IReadOnlyDictionary<string, string> Complete(Workflow workflow, string eventName, IReadOnlyDictionary<string, string> given)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(given);
        var errors = new List<WorkflowError>();
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, SourceLocation location, MappingToken? input) in Declared(workflow, eventName))
        {
            string? text = given.TryGetValue(name, out string? own) ? own : Text(input, "default");
            if (string.IsNullOrEmpty(text) && Text(input, "required") == "true")
                errors.Add(new WorkflowError(location, $"The input '{name}' is required", $"give it with --input {name}=VALUE"));
            else if (!string.IsNullOrEmpty(text) && Expected(input, text) is { } expected)
                errors.Add(new WorkflowError(location, $"The input '{name}' cannot be '{text}'", $"expected {expected}"));
            values[name] = text ?? (Type(input) == "boolean" ? "false" : "");
        }

        foreach (string name in given.Keys.Where(name => !values.ContainsKey(name)))
            errors.Add(new WorkflowError(new SourceLocation(workflow.Path, 0, 0), $"There is no input '{name}' for {eventName}", values.Count == 0 ? "it has none" : $"inputs: {string.Join(", ", values.Keys)}"));
        return errors.Count == 0 ? values : throw new InvalidRunException(errors);
    }

    /// <summary>The <c>inputs</c> context: booleans and numbers as such, everything else as text.</summary>
    /// <param name="workflow">Declares them.</param>
    /// <param name="eventName">Any other event has none.</param>
    /// <param name="values">As <see cref="Complete"/> gives them.</param>
    internal static ObjectValue Typed(Workflow workflow, string eventName, IReadOnlyDictionary<string, string> values)
    {
        var types = Declared(workflow, eventName).ToDictionary(input => input.Name, input => Type(input.Input), StringComparer.OrdinalIgnoreCase);
        var inputs = new ObjectValue();
        foreach ((string name, string value) in values)
        {
            inputs[name] = types.GetValueOrDefault(name) switch
            {
                "boolean" => ExpressionValue.Of(value == "true"),
                "number" when Number(value) is { } number => ExpressionValue.Of(number),
                _ => ExpressionValue.Of(value),
            };
        }
        return inputs;
    }

    /// <summary>Null when the text is such a value; else what is one.</summary>
    private static string? Expected(MappingToken? input, string text)
    {
        string[] options = input?.Get("options") is SequenceToken list ? [.. list.Items.Select(SchemaValidator.TextOf)] : [];
        return Type(input) switch
        {
            "boolean" when text is not ("true" or "false") => "true or false",
            "number" when Number(text) is null => "a number",
            "choice" when !options.Contains(text, StringComparer.Ordinal) => $"one of {string.Join(", ", options)}",
            _ => null,
        };
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    private static string Type(MappingToken? input) => Text(input, "type") ?? "string";

    private static string? Text(MappingToken? input, string key) => input?.Get(key) is { } token and not (NullToken or SequenceToken or MappingToken) ? SchemaValidator.TextOf(token) : null;

    private static IEnumerable<(string Name, SourceLocation Location, MappingToken? Input)> Declared(Workflow workflow, string eventName)
    {
        if (eventName != EventName || (workflow.Triggers.Events.GetValueOrDefault(EventName)?.Configuration as MappingToken)?.Get("inputs") is not MappingToken inputs)
            yield break;
        foreach ((TemplateToken key, TemplateToken value) in inputs.Items)
            yield return (SchemaValidator.TextOf(key), key.Location, value as MappingToken);
    }
}
