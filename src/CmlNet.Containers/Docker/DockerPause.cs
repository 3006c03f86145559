namespace CmlNet.Containers.Docker;

/// <summary>A container that is held until this is disposed.</summary>
internal sealed class DockerPause(DockerClient client, string id, string name) : IAsyncDisposable
{
    public static async Task<DockerPause> BeginAsync(DockerClient client, string id, string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Not cancellable once sent: a container that stayed held would keep its commands waiting for ever.
        await client.DoAsync(new DockerRequest { Method = HttpMethod.Post, Path = $"/containers/{id}/pause", Purpose = $"pause container {name}" }, CancellationToken.None);
        return new DockerPause(client, id, name);
    }

    public async ValueTask DisposeAsync() =>
        await client.DoAsync(new DockerRequest { Method = HttpMethod.Post, Path = $"/containers/{id}/unpause", Purpose = $"let container {name} go on" }, CancellationToken.None);
}
