using CmlNet.Containers;
using CmlNet.Workflows.Actions;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Model.Calls;

namespace CmlNet.Workflows.Execution;

/// <summary>Finds what a workflow wants and <c>cml run</c> does not do, before anything is started: never a silent skip.</summary>
internal static class SupportCheck
{
    /// <returns>The workflows it calls, by job id.</returns>
    public static async Task<IReadOnlyDictionary<string, WorkflowCall>> DemandAsync(Workflow workflow, RunRequest request, ActionCatalog actions, CancellationToken cancellationToken)
    {
        DemandJob(workflow, request);
        // What is not run may be anything.
        Workflow selected = workflow with { Jobs = JobSelection.Of(workflow, request.JobId) };
        List<WorkflowError> errors = [.. actions.Unsupported(selected, request.RepositoryRoot), .. WithoutSteps(selected)];
        IReadOnlyDictionary<string, WorkflowCall> calls = new Dictionary<string, WorkflowCall>(StringComparer.Ordinal);
        try
        {
            calls = await actions.ResolveCallsAsync(selected, request.RepositoryRoot, cancellationToken);
        }
        catch (InvalidRunException e)
        {
            errors.AddRange(e.Errors);
        }
        errors.AddRange(Called(calls).DistinctBy(called => called.Path).SelectMany(called => actions.Unsupported(called, request.RepositoryRoot)));
        return errors.Count == 0 ? calls : throw new InvalidRunException(errors);
    }

    /// <summary>The job that is asked for must be there.</summary>
    public static void DemandJob(Workflow workflow, RunRequest request)
    {
        if (request.JobId is not null && !workflow.Jobs.Any(job => job.Id.Equals(request.JobId, StringComparison.OrdinalIgnoreCase)))
            throw new InvalidRunException([new WorkflowError(new SourceLocation(workflow.Path, 0, 0), $"There is no job '{request.JobId}'", $"jobs: {string.Join(", ", workflow.Jobs.Select(job => job.Id))}")]);
    }

    /// <summary>Jobs that do nothing: GitHub's service refuses them, though its parser does not.</summary>
    public static IEnumerable<WorkflowError> WithoutSteps(Workflow workflow) =>
        workflow.Jobs.Where(job => job.Uses is null && job.Steps.Count == 0).Select(job => new WorkflowError(job.Location, $"No steps are defined in job '{job.Id}', and it calls no workflow", "expected steps"));

    /// <summary>What the chosen engine cannot do of it.</summary>
    public static void DemandEngine(Workflow workflow, IReadOnlyDictionary<string, WorkflowCall> calls, RunRequest request, EngineInfo engine)
    {
        if (!engine.RunsOnHost)
            return;
        WorkflowError[] errors =
        [
            .. Jobs(workflow, calls, request)
                .Where(job => job.Services is not null)
                .Select(job => new WorkflowError(job.Services!.Location, $"The services of job '{job.Id}' need containers, which the {engine.Name} engine has not", "run it with --engine docker")),
        ];
        if (errors.Length > 0)
            throw new InvalidRunException(errors);
    }

    /// <summary>The jobs that will run: those of the workflow, and those of the workflows they call.</summary>
    public static IEnumerable<Job> Jobs(Workflow workflow, IReadOnlyDictionary<string, WorkflowCall> calls, RunRequest request) =>
        JobSelection.Of(workflow, request.JobId).Concat(Called(calls).DistinctBy(other => other.Path).SelectMany(other => other.Jobs));

    private static IEnumerable<Workflow> Called(IReadOnlyDictionary<string, WorkflowCall> calls) =>
        calls.Values.SelectMany(call => Called(call.Calls).Prepend(call.Workflow));
}
