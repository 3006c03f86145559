using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CmlNet.Runner.Control;

/// <summary>Asks a running daemon over its control socket.</summary>
internal sealed class ControlClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _socketPath;

    public ControlClient(string socketPath)
    {
        _socketPath = socketPath;
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        })
        { BaseAddress = new Uri("http://daemon"), Timeout = Timeout.InfiniteTimeSpan };
    }

    public async Task<StatusReport> StatusAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, "/status", cancellationToken);
        return await ReadAsync(response, ControlJson.Default.StatusReport, cancellationToken) ?? throw new ControlException("The daemon's answer is empty.");
    }

    /// <summary>Does what the path says and returns the daemon's words.</summary>
    public async Task<string> PostAsync(string path, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Post, path, cancellationToken);
        return (await ReadAsync(response, ControlJson.Default.ControlAnswer, cancellationToken))?.Message ?? "";
    }

    public async Task CopyAsync(string path, Stream target, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, path, cancellationToken);
        try
        {
            await response.Content.CopyToAsync(target, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw Broken(exception);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            string why = (exception.InnerException as SocketException)?.SocketErrorCode == SocketError.AccessDenied
                ? "this user may not use it. Use the daemon's user, or sudo"
                : "no daemon answers. Start it with 'cml runner start', or name its socket with --socket";
            throw new ControlException($"{_socketPath}: {why}.", exception);
        }

        if (response.IsSuccessStatusCode)
            return response;
        using (response)
        {
            string? message = response.Content.Headers.ContentType?.MediaType == "application/json" ? (await ReadAsync(response, ControlJson.Default.ControlAnswer, cancellationToken))?.Message : null;
            throw new ControlException(message ?? $"{_socketPath}: the daemon answered {(int)response.StatusCode}. Its log says why.");
        }
    }

    private async Task<T?> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), type);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            throw Broken(exception);
        }
    }

    private ControlException Broken(Exception exception) => new($"{_socketPath}: the daemon's answer broke off. It may be ending: its log says so.", exception);
}
