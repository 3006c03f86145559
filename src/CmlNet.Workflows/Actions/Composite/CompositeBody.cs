using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions.Composite;

/// <summary>A composite action: its steps one after the other in the step's own log, then its outputs; what they leave for the end becomes one post step.</summary>
internal sealed class CompositeBody(ActionManifest manifest, CompositeRuns runs, ActionFolder folder, ActionCatalog catalog) : IStepBody
{
    /// <summary>The official runner's limit.</summary>
    public const int MaximumDepth = 9;

    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Depth >= MaximumDepth)
            throw new StepFailedException($"Composite action depth exceeded max depth {MaximumDepth}");
        invocation.Parts.Inputs = ManifestInputs.Evaluate(manifest, invocation);
        var embedded = new EmbeddedSteps(invocation, folder, invocation.Parts);
        try
        {
            var script = new ScriptBody(null);
            foreach (Step step in runs.Steps)
            {
                // After a cancel, steps that are always() wanted have as long as the job's own: then it is aborted.
                CancellationToken stop = embedded.Status == Conclusions.Cancelled ? invocation.Tokens.Abort : cancellationToken;
                await embedded.RunAsync(step, step.Uses is null ? script : catalog.Resolve(step.Uses), stop);
            }
            SetOutputs(invocation, embedded.Contexts(null, invocation.StepEnvironment));
        }
        finally
        {
            // Also when it was cancelled: a step that ran has its post step.
            EmbeddedPosts.Register(invocation, runs, folder);
        }
        embedded.Demand($"A step of {manifest.Path} failed.", cancellationToken);
        return 0;
    }

    private void SetOutputs(StepInvocation invocation, ContextSet contexts)
    {
        var evaluator = new TemplateEvaluator(ContextScopes.Step(contexts));
        foreach ((string name, TemplateToken value) in manifest.Outputs)
            invocation.Outputs.Set(name, evaluator.EvaluateString(value));
    }
}
