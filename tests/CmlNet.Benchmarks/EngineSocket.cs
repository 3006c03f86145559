using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace CmlNet.Benchmarks;

/// <summary>The container engine's API without anything in between: the floor that the benchmarks compare with.</summary>
internal sealed class EngineSocket : IDisposable
{
    private readonly HttpClient _client;

    public EngineSocket(string path)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch (SocketException)
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        _client = new HttpClient(handler) { BaseAddress = new Uri("http://engine/v1.41/"), Timeout = TimeSpan.FromMinutes(5) };
    }

    public void Dispose() => _client.Dispose();

    public async Task<string> CreateNetworkAsync(string name, CancellationToken cancellationToken)
        => Id(await SendJsonAsync(HttpMethod.Post, "networks/create", $$"""{"Name":"{{name}}","CheckDuplicate":true}""", cancellationToken));

    public Task RemoveNetworkAsync(string id, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, $"networks/{id}", cancellationToken);

    /// <summary>Creates and starts a container that waits, with one folder bound to <c>/bench</c>.</summary>
    public async Task<string> StartContainerAsync(string image, string folder, string network, CancellationToken cancellationToken)
    {
        string body = $$$"""{"Image":"{{{image}}}","Entrypoint":["tail","-f","/dev/null"],"HostConfig":{"Binds":["{{{folder}}}:/bench"],"NetworkMode":"{{{network}}}"}}""";
        string id = Id(await SendJsonAsync(HttpMethod.Post, "containers/create", body, cancellationToken));
        await SendAsync(HttpMethod.Post, $"containers/{id}/start", cancellationToken);
        return id;
    }

    public Task RemoveContainerAsync(string id, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, $"containers/{id}?force=1&v=1", cancellationToken);

    /// <summary>Runs a command to its end: create, start, read the output, ask for the exit code.</summary>
    public async Task ExecAsync(string container, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        string list = string.Join(',', command.Select(part => $"\"{part}\""));
        string id = Id(await SendJsonAsync(HttpMethod.Post, $"containers/{container}/exec", $$"""{"AttachStdout":true,"AttachStderr":true,"Cmd":[{{list}}]}""", cancellationToken));
        await SendJsonAsync(HttpMethod.Post, $"exec/{id}/start", """{"Detach":false,"Tty":false}""", cancellationToken);
        using var state = JsonDocument.Parse(await SendAsync(HttpMethod.Get, $"exec/{id}/json", cancellationToken));
        if (state.RootElement.GetProperty("ExitCode").GetInt32() != 0)
            throw new BenchmarkException("the reference command failed");
    }

    public Task PingAsync(CancellationToken cancellationToken) => SendAsync(HttpMethod.Head, "_ping", cancellationToken);

    /// <summary>Asks the engine what it is.</summary>
    public Task DescribeAsync(CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, "info", cancellationToken);

    /// <summary>Unpacks an archive in a container.</summary>
    public Task PutArchiveAsync(string container, string folder, byte[] archive, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, $"containers/{container}/archive?path={Uri.EscapeDataString(folder)}", new ByteArrayContent(archive) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-tar") } }, cancellationToken);

    /// <summary>Has a file of a container packed, and drops it.</summary>
    public Task GetArchiveAsync(string container, string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"containers/{container}/archive?path={Uri.EscapeDataString(path)}", cancellationToken);

    private Task<string> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken) => SendAsync(method, path, content: null, cancellationToken);

    private Task<string> SendJsonAsync(HttpMethod method, string path, string body, CancellationToken cancellationToken) =>
        SendAsync(method, path, new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } }, cancellationToken);

    private async Task<string> SendAsync(HttpMethod method, string path, ByteArrayContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, cancellationToken);
            string text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode ? text : throw new BenchmarkException($"the engine answered {(int)response.StatusCode} to {path}: {text.Trim()}");
        }
        catch (HttpRequestException e)
        {
            throw new BenchmarkException($"no container engine answers: {e.Message}");
        }
    }

    private static string Id(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("Id").GetString() ?? throw new BenchmarkException($"the engine gave no id: {json}");
    }
}
