using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Docker;

/// <summary>The post part of a Docker action, with the inputs and the saved state of its other parts.</summary>
internal sealed class DockerHook(DockerParts parts, string entrypoint) : IStepBody
{
    public Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken) =>
        parts.RunAsync(invocation, entrypoint, cancellationToken);

    /// <summary>The pre or the main part begins: its inputs are evaluated, its image is there, and the post part is registered.</summary>
    public static async Task<DockerParts> BeginAsync(StepInvocation invocation, ActionManifest manifest, DockerRuns runs, ActionFolder folder, CancellationToken cancellationToken)
    {
        invocation.Parts.Begin(invocation.SavedState);
        invocation.Parts.Inputs = ManifestInputs.Evaluate(manifest, invocation);
        string image = await DockerImage.GetAsync(invocation, manifest, runs, folder, cancellationToken);
        var parts = new DockerParts(runs, folder, image, invocation.Parts);
        if (runs.PostEntrypoint is not null)
            invocation.AddPost(runs.PostCondition, new DockerHook(parts, runs.PostEntrypoint));
        return parts;
    }
}
