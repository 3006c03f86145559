using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions;

/// <summary>The <c>with:</c> of a step that uses a built-in action, evaluated; names ignore case. What has no effect is said, what is not supported is refused.</summary>
internal sealed class ActionInputs
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="StepFailedException">An input that is not supported here.</exception>
    public ActionInputs(StepInvocation invocation, IBuiltInAction action)
    {
        foreach ((string name, string value) in Given(invocation))
            _values[name] = value;
        WarnOfUnexpected(invocation, _values.Keys.Where(name => !action.Inputs.Any(input => input.Name.Equals(name, StringComparison.OrdinalIgnoreCase))), action.Inputs.Select(input => input.Name));
        // Given in most workflows that give a token at all, and the default of every action that takes one.
        string token = ExpressionText.ToText(invocation.Contexts.GitHub["token"]);
        foreach (BuiltInInput input in action.Inputs)
        {
            string value = this[input.Name];
            if (value.Length == 0 || value == token || value.Equals(input.Default, StringComparison.OrdinalIgnoreCase))
                continue;
            if (input.Refused is not null)
                throw new StepFailedException($"{action.Name} with '{input.Name}' is not supported by cml run: {input.Refused}.");
            if (input.Idle is not null)
                invocation.Log.Write($"'{input.Name}' has no effect here: {input.Idle}.");
        }
    }

    public string this[string name] => _values.TryGetValue(name, out string? value) ? value.Trim() : "";

    /// <summary>As actions read it: true in any case of its letters, all else is false.</summary>
    public bool IsTrue(string name, bool whenAbsent = false) => this[name] is { Length: > 0 } value ? value.Equals("true", StringComparison.OrdinalIgnoreCase) : whenAbsent;

    /// <summary>The step's <c>with:</c>, evaluated.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Given(StepInvocation invocation) =>
        new TemplateEvaluator(ContextScopes.Step(invocation.Contexts)).EvaluateMapping((TemplateToken?)invocation.Step.With ?? invocation.Step.WithExpression);

    /// <summary>The official runner's words for inputs that an action does not have.</summary>
    public static void WarnOfUnexpected(StepInvocation invocation, IEnumerable<string> unknown, IEnumerable<string> known)
    {
        string names = Quoted(unknown);
        if (names.Length > 0)
            invocation.Log.Write($"##[warning]Unexpected input(s) {names}, valid inputs are [{Quoted(known)}]");
    }

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
