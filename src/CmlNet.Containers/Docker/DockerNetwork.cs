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

    /// <summary>Removes a network; one that is gone is no error. A container that is just being removed may still hold it for a moment.</summary>
    public static async Task RemoveAsync(DockerClient client, string id, string name, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var request = new DockerRequest { Method = HttpMethod.Delete, Path = $"/networks/{id}", Purpose = $"remove network {name}" };
        var delay = FirstDelay;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await client.DoAsync(request, cancellationToken);
                return;
            }
            catch (EngineException exception) when (Says(exception, "No such network") || Says(exception, "not found"))
            {
                return;
            }
            catch (EngineException exception) when (attempt < Attempts && Says(exception, "has active endpoints"))
            {
                logger.NetworkBusy(name, delay);
                await Task.Delay(delay, time, cancellationToken);
                delay *= 2;
            }
        }
    }

    private static bool Says(EngineException exception, string text) =>
        exception.EngineMessage?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}
