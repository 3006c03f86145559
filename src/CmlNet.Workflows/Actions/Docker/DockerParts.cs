using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution.Shells;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions.Docker;

/// <summary>The containers of one Docker action: pre, main and post share image, arguments and inputs and differ in their entry point.</summary>
/// <param name="runs">The action's <c>runs:</c>.</param>
/// <param name="folder">Where it is from.</param>
/// <param name="image">There already.</param>
/// <param name="parts">What they leave one another.</param>
internal sealed class DockerParts(DockerRuns runs, ActionFolder folder, string image, ActionParts parts)
{
    /// <summary>The action's own entry point goes before the input of that name.</summary>
    public Task<int> RunMainAsync(StepInvocation invocation, CancellationToken cancellationToken) =>
        RunAsync(invocation, string.IsNullOrEmpty(runs.Entrypoint) ? parts.Inputs.GetValueOrDefault("entrypoint") : runs.Entrypoint, cancellationToken);

    public Task<int> RunAsync(StepInvocation invocation, string? entrypoint, CancellationToken cancellationToken)
    {
        var own = new ObjectValue();
        foreach ((string name, string value) in parts.Inputs)
            own.Add(name, value);
        var evaluator = new TemplateEvaluator((invocation.Contexts with { Inputs = own }).Scope("inputs"));
        var call = new DockerCall
        {
            Image = image,
            Entrypoint = entrypoint,
            Arguments = runs.Arguments is null ? ShellWords.Split(parts.Inputs.GetValueOrDefault("args", "")) : [.. runs.Arguments.Items.Select(evaluator.EvaluateString)],
            Inputs = parts.Inputs,
            Saved = parts.Saved,
            Environment = evaluator.EvaluateMapping(runs.Environment),
            Repository = folder.Repository,
            Ref = folder.Ref,
        };
        return DockerProcess.RunAsync(invocation, call, cancellationToken);
    }
}
