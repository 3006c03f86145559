using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Planning;

namespace CmlNet.Workflows.Execution.Specs;

/// <summary>Unfolds a job's strategy and builds the spec of each leg. Pure.</summary>
internal sealed class LegPlanner(RunRequest request)
{
    private readonly JobSpecBuilder _specs = new(request);

    /// <exception cref="WorkflowException">A matrix or another value that is not of its form.</exception>
    /// <exception cref="InvalidRunException">A label without an image.</exception>
    public LegPlan Plan(Job job, ContextSet contexts, string namePrefix)
    {
        UnfoldedJob unfolded = Unfold(job, contexts, namePrefix);
        return new LegPlan([.. unfolded.Legs.Select(leg => new PlannedLeg(_specs.Build(job, leg.Name, JobContexts.BeforeStart(job.Id, leg.Contexts)), leg.Contexts))], unfolded.FailFast, unfolded.MaxParallel);
    }

    /// <exception cref="WorkflowException">A matrix or another value that is not of its form.</exception>
    public static UnfoldedJob Unfold(Job job, ContextSet contexts, string namePrefix)
    {
        StrategySpec strategy = job.Strategy is null
            ? StrategySpec.Default
            : StrategySpec.Build(new TemplateEvaluator(ContextScopes.Strategy(contexts)).EvaluateToken(job.Strategy), job.Strategy.Location);
        var legs = new List<UnfoldedLeg>(strategy.Legs.Count);
        for (int i = 0; i < strategy.Legs.Count; i++)
        {
            ContextSet own = contexts with
            {
                Strategy = strategy.Context(i),
                Matrix = strategy.HasMatrix ? strategy.Legs[i].Values : ExpressionValue.Null,
            };
            legs.Add(new UnfoldedLeg(namePrefix + Name(job, strategy.Legs[i], own), own));
        }
        return new UnfoldedJob(legs, strategy.FailFast, strategy.MaxParallel ?? Math.Max(1, strategy.Legs.Count));
    }

    /// <summary>A name with an expression says itself what tells legs apart; any other gets the leg's values.</summary>
    private static string Name(Job job, MatrixLeg leg, ContextSet contexts) => job.Name switch
    {
        null => JobName.Build(job.Id, leg),
        ExpressionToken => JobName.Build(new TemplateEvaluator(ContextScopes.Job(contexts)).EvaluateString(job.Name), null),
        _ => JobName.Build(new TemplateEvaluator(ContextScopes.Job(contexts)).EvaluateString(job.Name), leg),
    };
}
