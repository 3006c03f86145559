using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution;

/// <summary>What a job's environment starts with: <c>--env</c>, then the workflow's <c>env</c>, then the job's.</summary>
internal static class JobEnvironment
{
    public static void Fill(RunContext run, JobState state)
    {
        foreach ((string name, string value) in run.Request.Environment)
            state.Environment[name] = value;
        Over(state, (TemplateToken?)run.Workflow.Environment ?? run.Workflow.EnvironmentExpression, ContextScopes.WorkflowEnvironment);
        Over(state, (TemplateToken?)state.Spec.Job.Environment ?? state.Spec.Job.EnvironmentExpression, ContextScopes.JobEnvironment);
    }

    private static void Over(JobState state, TemplateToken? environment, Func<ContextSet, ExpressionScope> scope)
    {
        if (environment is null)
            return;
        foreach ((string name, string value) in new TemplateEvaluator(scope(state.Contexts())).EvaluateMapping(environment))
            state.Environment[name] = value;
    }
}
