using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Node;

/// <summary>The pre part of a JavaScript action, before the job's first step.</summary>
/// <param name="main">Id of the step it belongs to.</param>
/// <param name="manifest">The action.</param>
/// <param name="runs">Its <c>runs:</c>, with a pre part.</param>
/// <param name="folder">Its files.</param>
internal sealed class NodePre(string main, ActionManifest manifest, NodeRuns runs, ActionFolder folder) : IStepBody
{
    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        invocation.State.PreStates[main] = invocation.SavedState;
        // Not null: only actions with a pre part come here.
        return await NodeProcess.RunAsync(invocation, runs.Version, runs.Pre!, folder, ManifestInputs.Evaluate(manifest, invocation), invocation.SavedState, cancellationToken);
    }
}
