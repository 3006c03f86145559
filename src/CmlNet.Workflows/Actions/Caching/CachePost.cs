using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Caching;

/// <summary>The end of a cache step whose key had no entry.</summary>
internal sealed class CachePost(CacheRequest request) : IStepBody
{
    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        await CacheArchiver.SaveAsync(invocation, request, cancellationToken);
        return 0;
    }
}
