namespace CmlNet.Containers.Docker;

/// <summary>What the engine does with containers by id.</summary>
internal sealed partial class DockerEngine
{
    public Task<string> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new DockerDetached(Client).CreateAsync(spec, cancellationToken);
    }

    public Task StartAsync(string id, CancellationToken cancellationToken) => new DockerDetached(Client).StartAsync(id, cancellationToken);

    public Task StopAsync(string id, CancellationToken cancellationToken) => new DockerDetached(Client).StopAsync(id, cancellationToken);

    public Task<ContainerState?> InspectAsync(string id, CancellationToken cancellationToken) => new DockerDetached(Client).InspectAsync(id, cancellationToken);

    public Task<int> WaitAsync(string id, CancellationToken cancellationToken) => new DockerDetached(Client).WaitAsync(id, cancellationToken);

    public Task ReadLogsAsync(string id, int lines, bool follow, IOutputSink output, CancellationToken cancellationToken) => new DockerDetached(Client).ReadLogsAsync(id, lines, follow, output, cancellationToken);

    public Task<ContainerUsage?> ReadUsageAsync(string id, CancellationToken cancellationToken) => new DockerDetached(Client).ReadUsageAsync(id, cancellationToken);

    public Task PutAsync(string id, string folder, byte[] archive, CancellationToken cancellationToken) => new DockerDetached(Client).PutAsync(id, folder, archive, cancellationToken);

    public Task<Stream?> GetAsync(string id, string path, CancellationToken cancellationToken) => new DockerDetached(Client).GetAsync(id, path, cancellationToken);

    public Task<CleaningResult> RemoveDanglingAsync(IReadOnlySet<string> keptVolumes, CancellationToken cancellationToken) => new DockerDetached(Client).RemoveDanglingAsync(keptVolumes, cancellationToken);
}
