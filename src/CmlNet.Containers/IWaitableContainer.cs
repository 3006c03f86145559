namespace CmlNet.Containers;

/// <summary>A container whose engine says when it ends by itself.</summary>
public interface IWaitableContainer
{
    /// <summary>
    /// Completes when the container's own command has ended, or the container was removed.
    /// Throws <see cref="EngineException"/> with kind <see cref="EngineErrorKind.Lost"/> or <see cref="EngineErrorKind.Unreachable"/>
    /// when the engine goes away first.
    /// </summary>
    Task WaitAsync(CancellationToken cancellationToken);
}
