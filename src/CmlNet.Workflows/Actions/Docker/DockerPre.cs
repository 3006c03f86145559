using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Docker;

/// <summary>The pre part of a Docker action, before the job's first step.</summary>
/// <param name="main">Id of the step it belongs to.</param>
/// <param name="manifest">The action.</param>
/// <param name="runs">Its <c>runs:</c>, with a pre part.</param>
/// <param name="folder">Its files.</param>
internal sealed class DockerPre(string main, ActionManifest manifest, DockerRuns runs, ActionFolder folder) : IStepBody
{
    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        invocation.State.PreStates[main] = invocation.SavedState;
        string image = await DockerImage.GetAsync(invocation, manifest, runs, folder, cancellationToken);
        return await new DockerParts(runs, folder, image, ManifestInputs.Evaluate(manifest, invocation)).RunAsync(invocation, runs.PreEntrypoint, invocation.SavedState, cancellationToken);
    }
}
