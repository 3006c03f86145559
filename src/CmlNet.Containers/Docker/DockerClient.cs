using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CmlNet.Containers.Docker.Wire;

namespace CmlNet.Containers.Docker;

/// <summary>The Engine API over HTTP. Every call goes through <c>SendAsync</c>.</summary>
internal sealed class DockerClient : IDisposable
{
    // 1.41 is the oldest API with everything used here (Docker 20.10, Podman 4). Engines from Docker 29 on refuse
    // anything below 1.44, which has not changed what is used here either.
    private const int OldestMinor = 41;
    private const int NewestMinor = 44;

    // Lists of thousands of containers are far below it.
    private const int AnswerLimit = 64 * 1024 * 1024;

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _versionLock = new(1, 1);
    private string? _version;

    public DockerClient(DockerEndpoint endpoint, TimeProvider time, Func<HttpMessageHandler, HttpMessageHandler>? decorate = null)
    {
        Endpoint = endpoint;
        _time = time;
        HttpMessageHandler handler = new SocketsHttpHandler
        {
            ConnectCallback = (_, cancellationToken) => endpoint.ConnectAsync(cancellationToken),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        };
        _http = new HttpClient(decorate is null ? handler : decorate(handler))
        {
            BaseAddress = new Uri("http://docker"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public DockerEndpoint Endpoint { get; }

    /// <summary>The newest version 1.x of the API that the engine has; 0 before the first call.</summary>
    public int OfferedMinor { get; private set; }

    public void Dispose()
    {
        _http.Dispose();
        _versionLock.Dispose();
    }

    /// <summary>Sends and returns the answer with its headers read; anything but success becomes an <see cref="EngineException"/>.</summary>
    public async Task<HttpResponseMessage> SendAsync(DockerRequest request, CancellationToken cancellationToken)
    {
        _version ??= await NegotiateAsync(cancellationToken);
        return await SendAsync(request, _version, cancellationToken);
    }

    /// <summary>Sends and reads the whole answer as JSON.</summary>
    public async Task<T> ReadAsync<T>(DockerRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(AnswerLimit, cancellationToken);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken)
                ?? throw DockerErrors.NotUnderstood(Endpoint, request, "null");
        }
        catch (JsonException exception)
        {
            throw DockerErrors.NotUnderstood(Endpoint, request, exception.Message);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw DockerErrors.NotUnderstood(Endpoint, request, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw DockerErrors.Lost(Endpoint, request.Purpose, exception);
        }
    }

    /// <summary>Sends and drops the answer's body.</summary>
    public async Task DoAsync(DockerRequest request, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(DockerRequest request, string version, CancellationToken cancellationToken)
    {
        using var message = Build(request, version);
        using var timeout = request.Timeout is { } limit ? new CancellationTokenSource(limit, _time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw DockerErrors.NoAnswer(Endpoint, request, exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            throw DockerErrors.Unreachable(Endpoint, request, exception);
        }

        if (response.IsSuccessStatusCode || response.StatusCode is System.Net.HttpStatusCode.SwitchingProtocols or System.Net.HttpStatusCode.NotModified)
            return response;
        using (response)
            throw DockerErrors.Create(Endpoint, request, (int)response.StatusCode, await ReadErrorAsync(response, cancellationToken));
    }

    private static HttpRequestMessage Build(DockerRequest request, string version)
    {
        var target = new StringBuilder(version).Append(request.Path);
        var separator = '?';
        foreach (var (name, value) in request.Query)
        {
            target.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        var message = new HttpRequestMessage(request.Method, new Uri(target.ToString(), UriKind.Relative));
        if (request.Json is not null)
        {
            message.Content = new ByteArrayContent(request.Json);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        if (request.Tar is not null)
        {
            message.Content = new StreamContent(request.Tar);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
        }

        if (request.RegistryAuth is not null)
            message.Headers.Add("X-Registry-Auth", request.RegistryAuth);
        if (request.Upgrade)
        {
            message.Headers.Connection.Add("Upgrade");
            message.Headers.Upgrade.Add(new ProductHeaderValue("tcp"));
        }

        return message;
    }

    private static async Task<string> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        const int MaximumBytes = 64 * 1024;
        var buffer = new byte[MaximumBytes];
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var length = await body.ReadAtLeastAsync(buffer, MaximumBytes, throwOnEndOfStream: false, cancellationToken);
            var bytes = buffer.AsMemory(0, length);
            try
            {
                return JsonSerializer.Deserialize(bytes.Span, DockerJson.Default.ErrorResponse)?.Message ?? "";
            }
            catch (JsonException)
            {
                // Not the engine's own form (a proxy in between, an old engine): shown as it is.
                return Encoding.UTF8.GetString(bytes.Span).Trim();
            }
        }
        catch (IOException)
        {
            // The status alone still says what happened.
            return "";
        }
    }

    private async Task<string> NegotiateAsync(CancellationToken cancellationToken)
    {
        await _versionLock.WaitAsync(cancellationToken);
        try
        {
            if (_version is not null)
                return _version;
            var ping = new DockerRequest { Method = HttpMethod.Get, Path = "/_ping", Purpose = "ask the engine for its version", Timeout = TimeSpan.FromSeconds(10) };
            using var response = await SendAsync(ping, "", cancellationToken);
            var offered = response.Headers.TryGetValues("Api-Version", out var values) ? values.First() : "";
            if (!Version.TryParse(offered, out var version) || version.Major != 1 || version.Minor < OldestMinor)
                throw DockerErrors.TooOld(Endpoint, offered);
            OfferedMinor = version.Minor;
            return _version = version.Minor >= NewestMinor ? $"/v1.{NewestMinor}" : $"/v1.{OldestMinor}";
        }
        finally
        {
            _versionLock.Release();
        }
    }
}
