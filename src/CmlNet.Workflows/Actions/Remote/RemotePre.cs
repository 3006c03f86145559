using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Remote;

/// <summary>The pre part of another repository's action: its files come into the job only when it runs.</summary>
/// <param name="files">The action's.</param>
/// <param name="body">What to do with them.</param>
internal sealed class RemotePre(RemoteFiles files, Func<ActionFolder, IStepBody> body) : IStepBody
{
    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken) =>
        await body(await files.IntoJobAsync(invocation, cancellationToken)).RunAsync(invocation, cancellationToken);
}
