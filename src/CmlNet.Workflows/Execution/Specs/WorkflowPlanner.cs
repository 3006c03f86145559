using CmlNet.Workflows.Actions;
using CmlNet.Workflows.Execution.Calls;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Model.Calls;
using CmlNet.Workflows.Planning;

namespace CmlNet.Workflows.Execution.Specs;

/// <summary>Plans a workflow without running it.</summary>
public static class WorkflowPlanner
{
    /// <exception cref="InvalidRunException">What <see cref="WorkflowRunner"/> would refuse as well.</exception>
    public static async Task<WorkflowPlan> PlanAsync(Workflow workflow, RunRequest request, RunInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(input);
        SupportCheck.DemandJob(workflow, request);
        var errors = new List<WorkflowError>();
        IReadOnlyDictionary<string, WorkflowCall> calls = new Dictionary<string, WorkflowCall>(StringComparer.Ordinal);
        try
        {
            calls = await SupportCheck.DemandAsync(workflow, request, ActionServices.CreateCatalog(request, input.ServerUrl), cancellationToken);
        }
        catch (InvalidRunException e)
        {
            errors.AddRange(e.Errors);
        }

        var legs = new LegPlanner(request);
        ContextSet contexts = RunContexts.Of(workflow, request, input);
        var jobs = new List<PlannedJob>();
        // A call that cannot be resolved is among the errors already.
        foreach (Job job in new JobGraph(JobSelection.Of(workflow, request.JobId)).Ordered.Where(job => job.Uses is null || calls.ContainsKey(job.Id)))
        {
            try
            {
                jobs.Add(Complete(Plan(job, calls, legs, contexts, ""), request, input));
            }
            catch (InvalidRunException e)
            {
                errors.AddRange(e.Errors);
            }
        }

        return errors.Count == 0
            ? new WorkflowPlan(workflow.Name ?? workflow.Path, workflow.Path, input.EventName, jobs)
            : throw new InvalidRunException([.. errors.Distinct().OrderBy(error => error.Location.Line)]);
    }

    private static PlannedJob Complete(PlannedJob job, RunRequest request, RunInput input) =>
        job with { Legs = [.. job.Legs.Select(leg => JobContainerSpec.Planned(leg, request, input.RepositoryName))] };

    private static PlannedJob Plan(Job job, IReadOnlyDictionary<string, WorkflowCall> calls, LegPlanner legs, ContextSet contexts, string namePrefix)
    {
        IReadOnlyList<JobSpec> specs = [];
        string? undecided = null;
        try
        {
            if (calls.TryGetValue(job.Id, out WorkflowCall? call))
                (specs, undecided) = Called(job, call, legs, contexts, namePrefix);
            else
                specs = [.. legs.Plan(job, contexts, namePrefix).Legs.Select(leg => leg.Spec)];
        }
        catch (Exception e) when (job.Needs.Count > 0 && e is ExpressionException or WorkflowException or InvalidRunException)
        {
            undecided = $"it needs the outputs of {string.Join(", ", job.Needs)}";
        }
        return new PlannedJob(job, specs, undecided);
    }

    /// <summary>The legs of all called jobs, named as they will be; and why some are not known yet.</summary>
    private static (IReadOnlyList<JobSpec> Specs, string? Undecided) Called(Job job, WorkflowCall call, LegPlanner legs, ContextSet contexts, string namePrefix)
    {
        PlannedJob[] planned =
        [
            .. from leg in LegPlanner.Unfold(job, contexts, namePrefix).Legs
               let own = CallContexts.Of(job, call, leg.Contexts, null)
               from called in new JobGraph(call.Workflow.Jobs).Ordered
               select Plan(called, call.Calls, legs, own, $"{leg.Name} / "),
        ];
        return ([.. planned.SelectMany(other => other.Legs)], planned.Select(other => other.Undecided).FirstOrDefault(reason => reason is not null));
    }
}
