namespace CmlNet.Containers;

/// <summary>A container whose engine can tell its state: service containers are waited for by it.</summary>
public interface IInspectableContainer
{
    /// <summary>State, health and published ports right now.</summary>
    Task<ContainerState> InspectAsync(CancellationToken cancellationToken);

    /// <summary>What the container's own command has written so far, oldest first.</summary>
    Task ReadLogsAsync(IOutputSink output, CancellationToken cancellationToken);
}
