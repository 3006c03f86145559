using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution.Steps;

/// <summary>What an action left to be done at the job's end.</summary>
/// <param name="Main">The step that left it.</param>
/// <param name="MainName">That step's name as shown.</param>
/// <param name="Condition">Normalised.</param>
/// <param name="Body">What to do.</param>
internal sealed record PostStep(Step Main, string MainName, string Condition, IStepBody Body)
{
    /// <summary>As a step of its own; its id, like every automatic one, stays out of <c>steps</c>.</summary>
    public Step ToStep() => Main with
    {
        Id = "__post_" + Main.Id.TrimStart('_'),
        ActionId = Main.ActionId,
        Name = new StringToken(Main.Location, "Post " + MainName),
        Condition = Condition,
        TimeoutMinutes = null,
    };
}
