using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Node;

/// <summary>The post part of a JavaScript action, with the inputs and the saved state of its other parts.</summary>
internal sealed class NodeHook(int version, string script, ActionFolder folder, ActionParts parts) : IStepBody
{
    public Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken) =>
        NodeProcess.RunAsync(invocation, version, script, folder, parts, cancellationToken);

    /// <summary>The pre or the main part begins: its inputs are evaluated, and the post part is registered.</summary>
    public static void Begin(StepInvocation invocation, ActionManifest manifest, NodeRuns runs, ActionFolder folder)
    {
        invocation.Parts.Begin(invocation.SavedState);
        invocation.Parts.Inputs = ManifestInputs.Evaluate(manifest, invocation);
        if (runs.Post is not null)
            invocation.AddPost(runs.PostCondition, new NodeHook(runs.Version, runs.Post, folder, invocation.Parts));
    }
}
