using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions.Composite;

/// <summary>The pre parts of a composite action's steps, before the job's first step; their conditions look at the job, not at the action.</summary>
/// <param name="manifest">The action.</param>
/// <param name="runs">Its <c>runs:</c>.</param>
/// <param name="folder">Its files.</param>
/// <param name="pres">One or more.</param>
internal sealed class CompositePre(ActionManifest manifest, CompositeRuns runs, ActionFolder folder, IReadOnlyList<(Step Step, IStepBody Body)> pres) : IStepBody
{
    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        invocation.Parts.Inputs = ManifestInputs.Evaluate(manifest, invocation);
        var embedded = new EmbeddedSteps(invocation, folder, invocation.Parts) { AsksJob = true };
        try
        {
            foreach ((Step step, IStepBody body) in pres)
                await embedded.RunAsync(step, body, cancellationToken);
        }
        finally
        {
            EmbeddedPosts.Register(invocation, runs, folder);
        }
        embedded.Demand($"A pre step of {manifest.Path} failed.", cancellationToken);
        return 0;
    }
}
