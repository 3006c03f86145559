using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Docker;

/// <summary>The main part of a Docker action; its post part is registered as soon as it starts.</summary>
internal sealed class DockerBody(ActionManifest manifest, DockerRuns runs, ActionFolder folder) : IStepBody
{
    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, string> inputs = ManifestInputs.Evaluate(manifest, invocation);
        var parts = new DockerParts(runs, folder, await DockerImage.GetAsync(invocation, manifest, runs, folder, cancellationToken), inputs);
        if (runs.PreEntrypoint is not null && PreState.IsDue(invocation, folder))
        {
            await parts.RunAsync(invocation, runs.PreEntrypoint, invocation.SavedState, cancellationToken);
            PreState.Collect(invocation);
        }
        if (runs.PostEntrypoint is not null)
            invocation.AddPost(runs.PostCondition, new DockerHook(parts, runs.PostEntrypoint, invocation.SavedState));
        return await parts.RunMainAsync(invocation, cancellationToken);
    }
}
