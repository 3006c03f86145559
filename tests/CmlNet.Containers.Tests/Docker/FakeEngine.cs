using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using CmlNet.Containers.Docker;

namespace CmlNet.Containers.Tests.Docker;

/// <summary>
/// A unix socket that answers as a test tells it to, for what a real engine does not do on request: dying, hanging,
/// and errors of registries that cannot be reached from here.
/// </summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cmlnet-fake-engine");
    private readonly ConcurrentBag<Socket> _connections = [];
    private readonly Func<FakeRequest, Stream, Task> _answer;
    private readonly Task _accepting;

    public FakeEngine(Func<FakeRequest, Stream, Task> answer)
    {
        _answer = answer;
        SocketPath = Path.Combine(_folder.FullName, "engine.sock");
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public string SocketPath { get; }

    /// <summary>The newest version of the API that it has.</summary>
    public string ApiVersion { get; init; } = "1.41";

    public ConcurrentQueue<FakeRequest> Requests { get; } = new();

    public DockerEngine CreateClient(TimeProvider? time = null, Dictionary<string, string>? variables = null) => new(new EngineContext
    {
        Time = time ?? TimeProvider.System,
        Variable = name => name == "DOCKER_HOST" ? $"unix://{SocketPath}" : variables?.GetValueOrDefault(name),
    });

    public static Task JsonAsync(Stream stream, int status, string json) =>
        stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}")).AsTask();

    public static Task UpgradeAsync(Stream stream) =>
        stream.WriteAsync("HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n"u8.ToArray()).AsTask();

    /// <summary>The engine dies: no connection survives, no new one is taken.</summary>
    public void Die()
    {
        _listener.Dispose();
        File.Delete(SocketPath);
        foreach (var connection in _connections)
            connection.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Die();
        await _accepting;
        _folder.Delete(recursive: true);
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptAsync();
                _connections.Add(connection);
                serving.Add(ServeAsync(connection));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        try
        {
            await using var stream = new NetworkStream(connection, ownsSocket: true);
            while (await FakeRequest.ReadAsync(stream) is { } request)
            {
                Requests.Enqueue(request);
                if (request.Path == "/_ping")
                    await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nApi-Version: {ApiVersion}\r\nContent-Length: 2\r\n\r\nOK"));
                else
                    await _answer(request, stream);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or SocketException)
        {
            // The client left, or the engine died.
        }
    }
}
