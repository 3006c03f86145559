using System.Buffers;
using System.Text.Json;
using CmlNet.Containers.Docker.Wire;

namespace CmlNet.Containers.Docker;

/// <summary>The output of one command: the raw connection behind <c>POST /exec/{id}/start</c> or <c>POST /containers/{id}/attach</c>.</summary>
internal sealed class ExecConnection : IDisposable
{
    private const int BufferLength = 64 * 1024;

    private readonly DockerEndpoint _endpoint;
    private readonly HttpResponseMessage _response;

    private ExecConnection(DockerEndpoint endpoint, HttpResponseMessage response) => (_endpoint, _response) = (endpoint, response);

    /// <summary>Starts the command and takes the connection over.</summary>
    public static async Task<ExecConnection> StartAsync(DockerClient client, string execId, string purpose, CancellationToken cancellationToken)
    {
        var response = await client.SendAsync(
            new DockerRequest
            {
                Method = HttpMethod.Post,
                Path = $"/exec/{execId}/start",
                Purpose = purpose,
                Json = JsonSerializer.SerializeToUtf8Bytes(new ExecStartRequest(), DockerJson.Default.ExecStartRequest),
                Upgrade = true,
            },
            cancellationToken);
        return new ExecConnection(client.Endpoint, response);
    }

    /// <summary>Attaches to a created container's own output.</summary>
    public static async Task<ExecConnection> AttachAsync(DockerClient client, string containerId, string purpose, CancellationToken cancellationToken)
    {
        var response = await client.SendAsync(
            new DockerRequest
            {
                Method = HttpMethod.Post,
                Path = $"/containers/{containerId}/attach",
                Purpose = purpose,
                Query = [("stream", "true"), ("stdout", "true"), ("stderr", "true")],
                Upgrade = true,
            },
            cancellationToken);
        return new ExecConnection(client.Endpoint, response);
    }

    /// <summary>
    /// Passes the output on until the command and all who hold its streams are done. A connection that breaks or ends
    /// within a frame is <see cref="EngineErrorKind.Lost"/>; what the sink throws comes through as it is.
    /// </summary>
    public async Task PumpAsync(IOutputSink output, string purpose, CancellationToken cancellationToken)
    {
        var decoder = new FrameDecoder(output);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            await using var stream = await _response.Content.ReadAsStreamAsync(cancellationToken);
            while (await ReadAsync(stream, buffer, purpose, cancellationToken) is var length and > 0)
                await WriteAsync(decoder, buffer.AsMemory(0, length), purpose, cancellationToken);
            if (!decoder.IsBetweenFrames)
                throw DockerErrors.Lost(_endpoint, purpose, inner: null);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => _response.Dispose();

    private async ValueTask<int> ReadAsync(Stream stream, byte[] buffer, string purpose, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            throw DockerErrors.Lost(_endpoint, purpose, exception);
        }
    }

    private async ValueTask WriteAsync(FrameDecoder decoder, ReadOnlyMemory<byte> chunk, string purpose, CancellationToken cancellationToken)
    {
        try
        {
            await decoder.WriteAsync(chunk, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw DockerErrors.Lost(_endpoint, purpose, exception);
        }
    }
}
