using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Shells;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions.Docker;

/// <summary><c>uses: docker://image</c>: a container without an action around it. Its inputs are <c>entrypoint</c>, <c>args</c> and whatever else is given.</summary>
internal sealed class DockerStep(string uses) : IStepBody
{
    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        var inputs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        TemplateToken? with = (TemplateToken?)invocation.Step.With ?? invocation.Step.WithExpression;
        foreach ((string name, string value) in new TemplateEvaluator(ContextScopes.Step(invocation.Contexts)).EvaluateMapping(with))
            inputs[name] = value;
        var call = new DockerCall
        {
            Image = await DockerImage.PullAsync(invocation, uses, cancellationToken),
            Entrypoint = inputs.GetValueOrDefault("entrypoint"),
            Arguments = ShellWords.Split(inputs.GetValueOrDefault("args", "")),
            Inputs = inputs,
            Saved = invocation.SavedState,
        };
        return await DockerProcess.RunAsync(invocation, call, cancellationToken);
    }
}
