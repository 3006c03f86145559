using CmlNet.Containers.Docker.Wire;
using Microsoft.Extensions.Logging;

namespace CmlNet.Containers.Docker;

/// <summary>A started container of a Docker engine.</summary>
internal sealed class DockerContainer(DockerClient client, string id, string name, TimeProvider time, ILogger logger) : IContainer, IInspectableContainer, IWaitableContainer, IPausableContainer
{
    private static readonly TimeSpan RemovalTimeout = TimeSpan.FromSeconds(30);

    private readonly DockerExec _exec = new(client, id, name, time, logger);
    private int _disposed;

    public string Id => id;

    public Task<ExecResult> ExecAsync(ExecSpec spec, IOutputSink output, CancellationToken cancellationToken) =>
        _exec.RunAsync(spec, output, cancellationToken);

    public async Task<ContainerState> InspectAsync(CancellationToken cancellationToken)
    {
        var inspected = await client.ReadAsync(
            new DockerRequest { Method = HttpMethod.Get, Path = $"/containers/{id}/json", Purpose = $"inspect container {name}" },
            DockerJson.Default.ContainerInspect,
            cancellationToken);
        var ports = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (port, bindings) in inspected.NetworkSettings?.Ports ?? new Dictionary<string, IReadOnlyList<PortBinding>?>(StringComparer.Ordinal))
        {
            if (bindings is [var first, ..] && int.TryParse(first.HostPort, out var hostPort))
                ports[port] = hostPort;
        }

        return new ContainerState
        {
            IsRunning = inspected.State.Running,
            ExitCode = inspected.State.Running ? null : inspected.State.ExitCode,
            IsOutOfMemory = inspected.State.OOMKilled,
            Health = inspected.State.Health?.Status switch
            {
                "starting" => ContainerHealth.Starting,
                "healthy" => ContainerHealth.Healthy,
                "unhealthy" => ContainerHealth.Unhealthy,
                _ => ContainerHealth.None,
            },
            Ports = ports,
        };
    }

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        // The headers come at once, the body at the end.
        var request = new DockerRequest { Method = HttpMethod.Post, Path = $"/containers/{id}/wait", Purpose = $"wait for container {name}" };
        using var response = await client.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.CopyToAsync(Stream.Null, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw DockerErrors.Lost(client.Endpoint, request.Purpose, exception);
        }
    }

    public async Task<IAsyncDisposable> PauseAsync(CancellationToken cancellationToken) => await DockerPause.BeginAsync(client, id, name, time, cancellationToken);

    public async Task ReadLogsAsync(IOutputSink output, CancellationToken cancellationToken)
    {
        var request = new DockerRequest
        {
            Method = HttpMethod.Get,
            Path = $"/containers/{id}/logs",
            Purpose = $"read the log of container {name}",
            Query = [("stdout", "true"), ("stderr", "true")],
        };
        using var response = await client.SendAsync(request, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var decoder = new FrameDecoder(output);
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken) is var length and > 0)
            await decoder.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        using var limit = new CancellationTokenSource(RemovalTimeout, time);
        try
        {
            await RemoveAsync(client, id, name, limit.Token);
        }
        catch (Exception exception) when (exception is EngineException or OperationCanceledException)
        {
            // Cleanup never hides what happened before it; a later run finds the container by its label.
            logger.RemovalFailed("Container", name, exception.Message, $"docker rm --force --volumes {name}");
        }
    }

    /// <summary>Kills and removes a container with its anonymous volumes; one that is gone, or going, is no error.</summary>
    public static async Task RemoveAsync(DockerClient client, string id, string name, CancellationToken cancellationToken)
    {
        var request = new DockerRequest
        {
            Method = HttpMethod.Delete,
            Path = $"/containers/{id}",
            Purpose = $"remove container {name}",
            Query = [("force", "true"), ("v", "true")],
        };
        try
        {
            await client.DoAsync(request, cancellationToken);
        }
        catch (EngineException exception) when (exception.Status is 404 or 409)
        {
            // Someone else was quicker, or is at it.
        }
    }
}
