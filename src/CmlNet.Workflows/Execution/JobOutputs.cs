using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution;

/// <summary>A job's outputs, evaluated after its last step. Empty ones and those that hold a secret are dropped, as on GitHub.</summary>
internal static class JobOutputs
{
    public static IReadOnlyDictionary<string, string> Evaluate(RunContext run, JobState state)
    {
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (state.Spec.Job.Outputs is not { } token)
            return outputs;
        ExpressionScope scope = ContextScopes.JobOutputs(state.Contexts());
        foreach ((string name, string value) in new TemplateEvaluator(scope).EvaluateMapping(token))
        {
            if (value.Length == 0)
                continue;
            if (run.Masker.Mask(value) != value)
                run.Observer.On(new Notice(state.Spec.Name, $"Skip output '{name}' since it may contain secret."));
            else
                outputs[name] = value;
        }
        return outputs;
    }
}
