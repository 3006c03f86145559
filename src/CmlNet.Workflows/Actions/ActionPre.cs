using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions;

/// <summary>The pre part of a step's action, before the job's first step. What it registers and saves is its main step's.</summary>
/// <param name="main">The step it belongs to.</param>
/// <param name="parts">That step's.</param>
/// <param name="body">What to do.</param>
internal sealed class ActionPre(Step main, ActionParts parts, IStepBody body) : IStepBody
{
    private const string Prefix = "Pre ";

    public Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        string name = invocation.DisplayName;
        return body.RunAsync(
            invocation with { Step = main, Parts = parts, DisplayName = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name },
            cancellationToken);
    }

    /// <summary>As a step of its own; its id, like every automatic one, stays out of <c>steps</c>.</summary>
    /// <param name="main">The step it belongs to.</param>
    /// <param name="condition">Normalised.</param>
    public static Step StepOf(Step main, string condition) => main with
    {
        Id = "__pre_" + main.Id.TrimStart('_'),
        ActionId = main.ActionId,
        Name = NameOf(main),
        Condition = condition,
        TimeoutMinutes = null,
    };

    private static TemplateToken NameOf(Step step) => step.Name switch
    {
        null => new StringToken(step.Location, $"{Prefix}Run {step.Uses}"),
        ExpressionToken name => name with { Expression = $"format('{Prefix}{{0}}', {name.Expression})" },
        var name => new StringToken(name.Location, Prefix + name.AsText()),
    };
}
