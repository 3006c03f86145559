using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Execution.Contexts;

/// <summary>Which contexts each key of a workflow may use (GitHub's "Context availability" table).</summary>
internal static class ContextScopes
{
    public static ExpressionScope JobCondition(ContextSet contexts, IStatusFunctions status) =>
        contexts.Scope("github", "inputs", "vars", "needs") with { Status = status };

    public static ExpressionScope Strategy(ContextSet contexts) => contexts.Scope("github", "inputs", "vars", "needs");

    /// <summary>name, runs-on, timeout-minutes, continue-on-error, container, services, defaults.</summary>
    public static ExpressionScope Job(ContextSet contexts) =>
        contexts.Scope("github", "inputs", "vars", "needs", "strategy", "matrix");

    /// <summary>The <c>with</c> of a job that calls a workflow.</summary>
    public static ExpressionScope CallInputs(ContextSet contexts) => Job(contexts);

    /// <summary>The <c>secrets</c> of a job that calls a workflow.</summary>
    public static ExpressionScope CallSecrets(ContextSet contexts) =>
        contexts.Scope("github", "inputs", "vars", "needs", "strategy", "matrix", "secrets");

    /// <summary><c>on.workflow_call.outputs</c>.</summary>
    public static ExpressionScope CallOutputs(ContextSet contexts, ObjectValue jobs)
    {
        ExpressionScope scope = contexts.Scope("github", "inputs", "vars");
        return scope with { Contexts = new Dictionary<string, ExpressionValue>(scope.Contexts, StringComparer.OrdinalIgnoreCase) { ["jobs"] = jobs } };
    }

    public static ExpressionScope WorkflowEnvironment(ContextSet contexts) => contexts.Scope("github", "secrets", "inputs", "vars");

    public static ExpressionScope JobEnvironment(ContextSet contexts) =>
        contexts.Scope("github", "needs", "strategy", "matrix", "vars", "secrets", "inputs");

    public static ExpressionScope ContainerEnvironment(ContextSet contexts) =>
        contexts.Scope("github", "needs", "strategy", "matrix", "job", "runner", "env", "vars", "secrets", "inputs");

    public static ExpressionScope JobDefaults(ContextSet contexts) =>
        contexts.Scope("github", "needs", "strategy", "matrix", "env", "vars", "inputs");

    public static ExpressionScope JobOutputs(ContextSet contexts) =>
        contexts.Scope("github", "needs", "strategy", "matrix", "job", "runner", "env", "vars", "secrets", "steps", "inputs");

    public static ExpressionScope Step(ContextSet contexts) => JobOutputs(contexts) with { HashFiles = contexts.HashFiles };

    /// <summary>As for a step, without secrets: they must not decide whether a step runs.</summary>
    public static ExpressionScope StepCondition(ContextSet contexts, IStatusFunctions status) =>
        contexts.Scope("github", "needs", "strategy", "matrix", "job", "runner", "env", "vars", "steps", "inputs") with { Status = status, HashFiles = contexts.HashFiles };

    /// <summary>The defaults that an action declares for its inputs.</summary>
    public static ExpressionScope ActionInputDefault(ContextSet contexts) =>
        contexts.Scope("github", "strategy", "matrix", "job", "runner") with { HashFiles = contexts.HashFiles };
}
