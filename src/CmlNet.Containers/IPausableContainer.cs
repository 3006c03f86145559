namespace CmlNet.Containers;

/// <summary>A container whose processes can be held for a while.</summary>
public interface IPausableContainer
{
    /// <summary>Holds all of them; disposing lets them go on.</summary>
    /// <exception cref="EngineException">The engine cannot do it: without cgroups of its own, say.</exception>
    Task<IAsyncDisposable> PauseAsync(CancellationToken cancellationToken);
}
