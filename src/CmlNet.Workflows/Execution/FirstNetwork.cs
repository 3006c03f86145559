using CmlNet.Containers;

namespace CmlNet.Workflows.Execution;

/// <summary>
/// The network of whichever job starts first, made while the run is prepared: the engine takes nearly as long for it as for a container.
/// Disposing removes it when no job took it.
/// </summary>
internal sealed class FirstNetwork(Task<IContainerNetwork> network) : IAsyncDisposable
{
    private Task<IContainerNetwork>? _network = network;

    /// <summary>Null for all jobs but the first; the caller disposes of it.</summary>
    public Task<IContainerNetwork>? Take() => Interlocked.Exchange(ref _network, null);

    public async ValueTask DisposeAsync()
    {
        if (Take() is not { } left)
            return;
        try
        {
            await (await left).DisposeAsync();
        }
        catch (Exception e) when (e is EngineException or OperationCanceledException)
        {
            // There is none; no job missed it.
        }
    }
}
