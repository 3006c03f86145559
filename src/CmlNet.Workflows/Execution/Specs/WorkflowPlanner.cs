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

        ContextSet contexts = RunContexts.Of(workflow, request, input);
        var jobs = new List<PlannedJob>();
        // A call that cannot be resolved is among the errors already.
        foreach (Job job in new JobGraph(JobSelection.Of(workflow, request.JobId)).Ordered.Where(job => job.Uses is null || calls.ContainsKey(job.Id)))
        {
            try
            {
                jobs.Add(Complete(Plan(job, calls, request, contexts, "", UnknownValues.None), request, input));
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

    private static PlannedJob Plan(Job job, IReadOnlyDictionary<string, WorkflowCall> calls, RunRequest request, ContextSet contexts, string namePrefix, UnknownValues around)
    {
        UnknownValues unknown = around.In(job);
        try
        {
            return Legs(job, calls, request, contexts, namePrefix, unknown.InCalledBy(job));
        }
        catch (Exception e) when (e is ExpressionException or WorkflowException or InvalidRunException && unknown.ReasonOf(job) is not null)
        {
            // Not every error comes from a value that is not known yet: another one would come after hours in the needed jobs.
            Job known = unknown.Without(job);
            bool hasImage = known.RunsOn == job.RunsOn && known.Container == job.Container;
            Legs(known, calls, hasImage ? request : request with { UsesThisMachine = true }, contexts, namePrefix, unknown.InCalledBy(job));
            return new PlannedJob(job, [], unknown.ReasonOf(job));
        }
    }

    /// <param name="calledUnknown">What a workflow that the job calls does not know.</param>
    private static PlannedJob Legs(Job job, IReadOnlyDictionary<string, WorkflowCall> calls, RunRequest request, ContextSet contexts, string namePrefix, UnknownValues calledUnknown)
    {
        if (!calls.TryGetValue(job.Id, out WorkflowCall? call))
            return new PlannedJob(job, [.. new LegPlanner(request).Plan(job, contexts, namePrefix).Legs.Select(leg => leg.Spec)], null);
        (IReadOnlyList<JobSpec> specs, string? undecided) = Called(job, call, request, contexts, namePrefix, calledUnknown);
        return new PlannedJob(job, specs, undecided);
    }

    /// <summary>The legs of all called jobs, named as they will be; and why some are not known yet.</summary>
    private static (IReadOnlyList<JobSpec> Specs, string? Undecided) Called(Job job, WorkflowCall call, RunRequest request, ContextSet contexts, string namePrefix, UnknownValues unknown)
    {
        PlannedJob[] planned =
        [
            .. from leg in LegPlanner.Unfold(job, contexts, namePrefix).Legs
               let own = CallContexts.Of(job, call, leg.Contexts, null)
               from called in new JobGraph(call.Workflow.Jobs).Ordered
               select Plan(called, call.Calls, request, own, $"{leg.Name} / ", unknown),
        ];
        return ([.. planned.SelectMany(other => other.Legs)], planned.Select(other => other.Undecided).FirstOrDefault(reason => reason is not null));
    }
}
