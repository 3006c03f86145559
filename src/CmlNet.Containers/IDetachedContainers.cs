namespace CmlNet.Containers;

/// <summary>An engine whose containers go on without the process that made them, and are known by their id.</summary>
public interface IDetachedContainers
{
    /// <summary>Creates a container and does not start it. Returns its id; see <see cref="IContainerCleaner.RemoveAsync"/> for its end.</summary>
    Task<string> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken);

    /// <summary>Starts a created container; one that runs already is no error.</summary>
    Task StartAsync(string id, CancellationToken cancellationToken);

    /// <summary>Asks the container to end, and kills it after its <see cref="ContainerOptions.StopTimeout"/>; one that is gone or has ended is no error.</summary>
    Task StopAsync(string id, CancellationToken cancellationToken);
}
