using System.Collections.Concurrent;

namespace CmlNet.Workflows.Execution;

/// <summary>Tear-downs that go on while the run does: nobody waits for a container to be removed but the end of the run.</summary>
internal sealed class CleanupQueue
{
    private readonly ConcurrentBag<Task> _running = [];

    public void Begin(IAsyncDisposable resource) => _running.Add(Task.Run(async () => await resource.DisposeAsync()));

    public Task WhenAllAsync() => Task.WhenAll(_running);
}
