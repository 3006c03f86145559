using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Node;

/// <summary>The main part of a JavaScript action; its post part is registered as soon as it starts.</summary>
internal sealed class NodeBody(ActionManifest manifest, NodeRuns runs, ActionFolder folder) : IStepBody
{
    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, string> inputs = ManifestInputs.Evaluate(manifest, invocation);
        // What the pre part saved is there for main and post; what main saves, for post.
        if (runs.Pre is not null && PreState.IsDue(invocation, folder))
        {
            int exitCode = await NodeProcess.RunAsync(invocation, runs.Version, runs.Pre, folder, inputs, invocation.SavedState, cancellationToken);
            if (exitCode != 0)
                return exitCode;
            PreState.Collect(invocation);
        }
        if (runs.Post is not null)
            invocation.AddPost(runs.PostCondition, new NodeHook(runs.Version, runs.Post, folder, inputs, invocation.SavedState));
        return await NodeProcess.RunAsync(invocation, runs.Version, runs.Main, folder, inputs, invocation.SavedState, cancellationToken);
    }
}
