using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Node;

/// <summary>The pre part of a JavaScript action, before the job's first step.</summary>
/// <param name="manifest">The action.</param>
/// <param name="runs">Its <c>runs:</c>, with a pre part.</param>
/// <param name="folder">Its files.</param>
internal sealed class NodePre(ActionManifest manifest, NodeRuns runs, ActionFolder folder) : IStepBody
{
    public Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        NodeHook.Begin(invocation, manifest, runs, folder);
        // Not null: only actions with a pre part come here.
        return NodeProcess.RunAsync(invocation, runs.Version, runs.Pre!, folder, invocation.Parts, cancellationToken);
    }
}
