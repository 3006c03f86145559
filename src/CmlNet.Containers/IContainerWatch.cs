namespace CmlNet.Containers;

/// <summary>An engine that tells how a container is doing, by its id.</summary>
public interface IContainerWatch
{
    /// <summary>State right now; null when there is no such container.</summary>
    Task<ContainerState?> InspectAsync(string id, CancellationToken cancellationToken);

    /// <summary>Waits until the container does not run and returns its exit code. Throws <see cref="EngineException"/> (<see cref="EngineErrorKind.Lost"/>) when it is gone.</summary>
    Task<int> WaitAsync(string id, CancellationToken cancellationToken);

    /// <summary>Passes on the last lines the container's own command has written, and with <paramref name="follow"/> those still to come until it ends.</summary>
    Task ReadLogsAsync(string id, int lines, bool follow, IOutputSink output, CancellationToken cancellationToken);

    /// <summary>What the container has used; null when it does not run.</summary>
    Task<ContainerUsage?> ReadUsageAsync(string id, CancellationToken cancellationToken);
}
