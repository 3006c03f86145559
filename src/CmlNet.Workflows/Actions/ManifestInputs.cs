using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions;

/// <summary>What an action is given: the step's <c>with:</c> over the declared defaults.</summary>
internal static class ManifestInputs
{
    /// <summary>Names that container actions take without declaring them.</summary>
    private static readonly string[] Implicit = ["entrypoint", "args"];

    public static IReadOnlyDictionary<string, string> Evaluate(ActionManifest manifest, StepInvocation invocation)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var defaults = new TemplateEvaluator(ContextScopes.ActionInputDefault(invocation.Contexts));
        foreach (ActionInputDefinition input in manifest.Inputs)
            values[input.Name] = defaults.EvaluateString(input.Default);

        IReadOnlyList<KeyValuePair<string, string>> given = ActionInputs.Given(invocation);
        foreach ((string name, string value) in given)
            values[name] = value;
        Warn(manifest, invocation, given);
        return values;
    }

    /// <summary>GitHub, too, runs an action whose required input is missing; we at least say so.</summary>
    private static void Warn(ActionManifest manifest, StepInvocation invocation, IReadOnlyList<KeyValuePair<string, string>> given)
    {
        HashSet<string> names = new(given.Select(pair => pair.Key), StringComparer.OrdinalIgnoreCase);
        string[] known = [.. manifest.Inputs.Select(input => input.Name)];
        ActionInputs.WarnOfUnexpected(invocation, names.Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase) && !(manifest.Runs is DockerRuns && Implicit.Contains(name, StringComparer.OrdinalIgnoreCase))), known);
        foreach (ActionInputDefinition input in manifest.Inputs)
        {
            if (input.IsRequired && input.Default is null && !names.Contains(input.Name))
                invocation.Log.Write($"##[warning]Input required and not supplied: {input.Name}");
            if (input.Deprecation is not null && names.Contains(input.Name))
                invocation.Log.Write($"##[warning]Input '{input.Name}' has been deprecated with message: {input.Deprecation}");
        }
    }
}
