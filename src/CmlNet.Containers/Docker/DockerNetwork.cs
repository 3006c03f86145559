using System.Text.Json;
using CmlNet.Containers.Docker.Wire;
using Microsoft.Extensions.Logging;

namespace CmlNet.Containers.Docker;

/// <summary>A bridge network of its own on a Docker engine.</summary>
internal sealed class DockerNetwork(DockerClient client, string id, string name, TimeProvider time, ILogger logger) : IContainerNetwork
{
    private static readonly TimeSpan RemovalTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private const int Attempts = 6;

    private int _disposed;

    public string Id => id;

    public string Name => name;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        using var limit = new CancellationTokenSource(RemovalTimeout, time);
        try
        {
            await RemoveAsync(client, id, name, time, logger, limit.Token);
        }
        catch (Exception exception) when (exception is EngineException or OperationCanceledException)
        {
            logger.RemovalFailed("Network", name, exception.Message, $"docker network rm {name}");
        }
    }

    /// <summary>
    /// Removes a network; one that is gone is no error. A container that is still on it, as when both are removed at once,
    /// is taken off first, which is quicker than to wait for its end; the engine may need a moment after that.
    /// </summary>
    public static async Task RemoveAsync(DockerClient client, string id, string name, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var request = new DockerRequest { Method = HttpMethod.Delete, Path = $"/networks/{id}", Purpose = $"remove network {name}" };
        var delay = FirstDelay;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await DisconnectAllAsync(client, id, name, cancellationToken);
                await client.DoAsync(request, cancellationToken);
                return;
            }
            catch (EngineException exception) when (exception.Status == 404)
            {
                return;
            }
            catch (EngineException exception) when (attempt < Attempts && exception.Status == 403)
            {
                // It still has endpoints.
                logger.NetworkBusy(name, delay);
                await Task.Delay(delay, time, cancellationToken);
                delay *= 2;
            }
        }
    }

    private static async Task DisconnectAllAsync(DockerClient client, string id, string name, CancellationToken cancellationToken)
    {
        var network = await client.ReadAsync(
            new DockerRequest { Method = HttpMethod.Get, Path = $"/networks/{id}", Purpose = $"inspect network {name}" },
            DockerJson.Default.NetworkInspect,
            cancellationToken);
        foreach (var container in network.Containers?.Keys ?? [])
        {
            try
            {
                var body = JsonSerializer.SerializeToUtf8Bytes(new NetworkDisconnectRequest { Container = container, Force = true }, DockerJson.Default.NetworkDisconnectRequest);
                await client.DoAsync(new DockerRequest { Method = HttpMethod.Post, Path = $"/networks/{id}/disconnect", Purpose = $"take a container off network {name}", Json = body }, cancellationToken);
            }
            catch (EngineException exception) when (exception.EngineMessage is not null)
            {
                // It left by itself meanwhile.
            }
        }
    }
}
