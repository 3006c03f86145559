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
        Dictionary<string, string> saved = invocation.State.PreStates.GetValueOrDefault(invocation.Step.Id) ?? invocation.SavedState;
        if (runs.Pre is not null && !ReferenceEquals(saved, invocation.SavedState))
            Take(saved, invocation.SavedState);
        else if (runs.Pre is not null && folder.Repository.Length == 0)
            invocation.Log.Write("##[warning]`pre` execution is not supported for local action from '" + folder.InJob + "'");
        else if (runs.Pre is not null)
        {
            // Inside another action nobody could know at the job's start that it comes.
            int exitCode = await NodeProcess.RunAsync(invocation, runs.Version, runs.Pre, folder, inputs, invocation.SavedState, cancellationToken);
            if (exitCode != 0)
                return exitCode;
        }
        if (runs.Post is not null)
            invocation.AddPost(runs.PostCondition, new NodeHook(runs.Version, runs.Post, folder, inputs, invocation.SavedState));
        return await NodeProcess.RunAsync(invocation, runs.Version, runs.Main, folder, inputs, invocation.SavedState, cancellationToken);
    }

    private static void Take(Dictionary<string, string> from, Dictionary<string, string> to)
    {
        foreach ((string name, string value) in from)
            to[name] = value;
    }
}
