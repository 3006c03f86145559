using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions;

/// <summary>The <c>with:</c> of a step, evaluated; names ignore case.</summary>
internal sealed class ActionInputs
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public ActionInputs(StepInvocation invocation)
    {
        TemplateToken? with = (TemplateToken?)invocation.Step.With ?? invocation.Step.WithExpression;
        foreach ((string name, string value) in new TemplateEvaluator(ContextScopes.Step(invocation.Contexts)).EvaluateMapping(with))
            _values[name] = value;
    }

    public string this[string name] => _values.TryGetValue(name, out string? value) ? value.Trim() : "";
}
