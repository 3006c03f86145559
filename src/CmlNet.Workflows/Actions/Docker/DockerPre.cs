using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Docker;

/// <summary>The pre part of a Docker action, before the job's first step.</summary>
/// <param name="manifest">The action.</param>
/// <param name="runs">Its <c>runs:</c>, with a pre part.</param>
/// <param name="folder">Its files.</param>
internal sealed class DockerPre(ActionManifest manifest, DockerRuns runs, ActionFolder folder) : IStepBody
{
    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        DockerParts parts = await DockerHook.BeginAsync(invocation, manifest, runs, folder, cancellationToken);
        return await parts.RunAsync(invocation, runs.PreEntrypoint, cancellationToken);
    }
}
