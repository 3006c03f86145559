using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Docker;

/// <summary>The post part of a Docker action, with the saved state of its main part.</summary>
internal sealed class DockerHook(DockerParts parts, string entrypoint, IReadOnlyDictionary<string, string> saved) : IStepBody
{
    public Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken) =>
        parts.RunAsync(invocation, entrypoint, saved, cancellationToken);
}
