using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Docker;

/// <summary>The main part of a Docker action.</summary>
internal sealed class DockerBody(ActionManifest manifest, DockerRuns runs, ActionFolder folder) : IStepBody
{
    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        DockerParts parts = await DockerHook.BeginAsync(invocation, manifest, runs, folder, cancellationToken);
        if (runs.PreEntrypoint is not null && PreState.IsDue(invocation, folder, runs.PreCondition))
        {
            await parts.RunAsync(invocation, runs.PreEntrypoint, cancellationToken);
            PreState.Collect(invocation);
        }
        return await parts.RunMainAsync(invocation, cancellationToken);
    }
}
