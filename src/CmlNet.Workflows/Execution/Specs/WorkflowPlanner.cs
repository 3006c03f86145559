using CmlNet.Workflows.Actions;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Planning;

namespace CmlNet.Workflows.Execution.Specs;

/// <summary>Plans a workflow without running it.</summary>
public static class WorkflowPlanner
{
    /// <exception cref="InvalidRunException">What <see cref="WorkflowRunner"/> would refuse as well.</exception>
    public static WorkflowPlan Plan(Workflow workflow, RunRequest request, RunInput input)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(input);
        SupportCheck.Demand(workflow, request, ActionServices.CreateCatalog(request, input.ServerUrl));
        var legs = new LegPlanner(request);
        ContextSet contexts = RunContexts.Of(request, input);
        return new WorkflowPlan(
            workflow.Name ?? workflow.Path,
            workflow.Path,
            input.EventName,
            [.. new JobGraph(JobSelection.Of(workflow, request.JobId)).Ordered.Select(job => Plan(job, legs, contexts))]);
    }

    private static PlannedJob Plan(Job job, LegPlanner legs, ContextSet contexts)
    {
        IReadOnlyList<JobSpec> specs = [];
        string? undecided = null;
        try
        {
            specs = [.. legs.Plan(job, contexts).Legs.Select(leg => leg.Spec)];
        }
        catch (Exception e) when (job.Needs.Count > 0 && e is ExpressionException or WorkflowException)
        {
            // Outputs of needed jobs are not there yet.
            undecided = e.Message;
        }
        return new PlannedJob(job.Id, job.Needs, job.Condition, specs, undecided);
    }
}
