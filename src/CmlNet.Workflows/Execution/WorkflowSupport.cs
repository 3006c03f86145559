using CmlNet.Workflows.Actions;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Specs;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution;

/// <summary>What of a workflow <c>cml run</c> would refuse, as far as the file itself says: nothing is downloaded and nothing evaluated that needs an event.</summary>
public static class WorkflowSupport
{
    /// <param name="workflow">Parsed without errors.</param>
    /// <param name="request">The work tree, and where actions of others are.</param>
    /// <returns>By the same checks as a run makes; empty when it would start.</returns>
    public static IReadOnlyList<WorkflowError> Check(Workflow workflow, RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(request);
        List<WorkflowError> errors = [.. ActionServices.CreateCatalog(request, "").Unsupported(workflow, request.RepositoryRoot), .. SupportCheck.WithoutSteps(workflow)];
        var nothing = new ContextSet { GitHub = [] };
        foreach (Job job in workflow.Jobs.Where(job => job.Uses is null && !Parts(job).Any(TokenReading.HasExpression)))
        {
            try
            {
                new JobSpecBuilder(request with { Images = AnyImage(job) }).Build(job, job.Id, nothing);
            }
            catch (InvalidRunException e)
            {
                errors.AddRange(e.Errors);
            }
            catch (Exception e) when (e is WorkflowException or ExpressionException)
            {
                // A value that the language check has named already.
                continue;
            }
        }
        return errors;
    }

    /// <summary>Which image stands for a label is said where the run is asked for, not in the file.</summary>
    private static Dictionary<string, string> AnyImage(Job job) =>
        (job.RunsOn is null ? [] : RunsOnLabels.Read(job.RunsOn.ToValue())).Distinct(StringComparer.OrdinalIgnoreCase).ToDictionary(label => label, _ => "any", StringComparer.OrdinalIgnoreCase);

    /// <summary>What a job's container is made of; with an expression in it, only a run can tell.</summary>
    private static IEnumerable<TemplateToken> Parts(Job job) =>
        new[] { job.RunsOn, job.Container, job.Services, job.TimeoutMinutes, job.ContinueOnError }.OfType<TemplateToken>();
}
