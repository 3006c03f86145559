using CmlNet.Containers;
using CmlNet.Workflows.Actions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution;

/// <summary>Finds what a workflow wants and <c>cml run</c> does not do, before anything is started: never a silent skip.</summary>
internal static class SupportCheck
{
    public static void Demand(Workflow workflow, RunRequest request, ActionCatalog actions)
    {
        var errors = new List<WorkflowError>(actions.Unsupported(workflow, request.RepositoryRoot));
        foreach (Job job in workflow.Jobs)
        {
            if (job.Uses is not null)
                errors.Add(new WorkflowError(job.Location, $"Reusable workflows ('{job.Uses}') are not supported by cml run", "put the steps into this workflow"));
        }
        if (request.JobId is not null && !workflow.Jobs.Any(job => job.Id.Equals(request.JobId, StringComparison.OrdinalIgnoreCase)))
            errors.Add(new WorkflowError(new SourceLocation(workflow.Path, 0, 0), $"There is no job '{request.JobId}'", $"jobs: {string.Join(", ", workflow.Jobs.Select(job => job.Id))}"));
        if (errors.Count > 0)
            throw new InvalidRunException(errors);
    }

    /// <summary>What the chosen engine cannot do of it.</summary>
    public static void DemandEngine(Workflow workflow, RunRequest request, EngineInfo engine)
    {
        if (!engine.RunsOnHost)
            return;
        WorkflowError[] errors =
        [
            .. JobSelection.Of(workflow, request.JobId)
                .Where(job => job.Services is not null)
                .Select(job => new WorkflowError(job.Services!.Location, $"The services of job '{job.Id}' need containers, which the {engine.Name} engine has not", "run it with --engine docker")),
        ];
        if (errors.Length > 0)
            throw new InvalidRunException(errors);
    }
}
