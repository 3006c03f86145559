using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Node;

/// <summary>The main part of a JavaScript action.</summary>
internal sealed class NodeBody(ActionManifest manifest, NodeRuns runs, ActionFolder folder) : IStepBody
{
    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        NodeHook.Begin(invocation, manifest, runs, folder);
        if (runs.Pre is not null && PreState.IsDue(invocation, folder, runs.PreCondition))
        {
            int exitCode = await NodeProcess.RunAsync(invocation, runs.Version, runs.Pre, folder, invocation.Parts, cancellationToken);
            if (exitCode != 0)
                return exitCode;
            PreState.Collect(invocation);
        }
        return await NodeProcess.RunAsync(invocation, runs.Version, runs.Main, folder, invocation.Parts, cancellationToken);
    }
}
