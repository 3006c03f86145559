using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using CmlNet.Workflows.Actions.Artifacts;
using CmlNet.Workflows.Actions.Results.Wire;
using CmlNet.Workflows.Execution.Files;

namespace CmlNet.Workflows.Actions.Results;

/// <summary>
/// The services that JavaScript actions call for artifacts (version 4) and caches (version 2), on this machine's loopback interface: Twirp calls
/// with the run's token, and files behind signed addresses.
/// </summary>
internal sealed class ResultsServer : IAsyncDisposable
{
    private const string Artifacts = "/twirp/github.actions.results.api.v1.ArtifactService/";
    private const string Caches = "/twirp/github.actions.results.api.v1.CacheService/";
    private const int LargestCall = 1024 * 1024;

    private readonly HttpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly BlobFolder _blobs;
    private readonly ArtifactCalls _artifacts;
    private readonly CacheCalls _caches;
    private readonly Task _serving;

    private ResultsServer(HttpListener listener, int port, string runId, string runDirectory, string repositoryRoot, string scratch)
    {
        (_listener, Port) = (listener, port);
        _blobs = new BlobFolder(Path.Combine(scratch, "blobs"));
        _artifacts = new ArtifactCalls(runId, new ArtifactStore(runDirectory), _blobs, Path.Combine(scratch, "unpacked"));
        _caches = new CacheCalls(repositoryRoot, _blobs);
        _serving = ServeAsync();
    }

    public int Port { get; }

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/");

    public ResultsKey Key { get; } = new();

    /// <param name="runId">Named in answers.</param>
    /// <param name="runDirectory">Where its artifacts are.</param>
    /// <param name="repositoryRoot">Where its caches are.</param>
    /// <param name="scratch">For uploads in progress.</param>
    public static ResultsServer Start(string runId, string runDirectory, string repositoryRoot, string scratch)
    {
        for (int attempt = 0; ; attempt++)
        {
            // The listener takes no "any port".
            int port = RandomNumberGenerator.GetInt32(20_000, 32_000);
            var listener = new HttpListener();
            listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
            try
            {
                listener.Start();
                return new ResultsServer(listener, port, runId, runDirectory, repositoryRoot, scratch);
            }
            catch (HttpListenerException) when (attempt < 50)
            {
                listener.Close();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Close();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var calls = new List<Task>();
        while (true)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                calls.RemoveAll(call => call.IsCompleted);
                calls.Add(Task.Run(() => AnswerAsync(context.Request, context.Response), CancellationToken.None));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                await Task.WhenAll(calls);
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerRequest request, HttpListenerResponse response)
    {
        try
        {
            try
            {
                await DispatchAsync(request, response);
            }
            catch (ResultsException e)
            {
                await WriteAsync(response, e.Status, new ResultsAnswer { Code = e.Code, Msg = e.Message });
            }
            catch (JsonException e)
            {
                await WriteAsync(response, 400, new ResultsAnswer { Code = "malformed", Msg = e.Message });
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await WriteAsync(response, 507, new ResultsAnswer { Code = "internal", Msg = e.Message });
            }
            response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException or OperationCanceledException)
        {
            // The client is gone, or this server: nobody is left to answer.
            response.Abort();
        }
    }

    private async Task DispatchAsync(HttpListenerRequest request, HttpListenerResponse response)
    {
        string path = request.Url?.AbsolutePath ?? "";
        if (path.StartsWith("/twirp/", StringComparison.Ordinal))
        {
            if (request.Headers["Authorization"] is not { } given || !given.StartsWith("Bearer ", StringComparison.Ordinal) || !Key.IsToken(given["Bearer ".Length..]))
                throw new ResultsException(401, "unauthenticated", "the token is not this run's");
            await WriteAsync(response, 200, await CallAsync(path, request));
        }
        else if (!Key.IsSigned(path, request.QueryString["sig"] ?? ""))
            throw new ResultsException(403, "permission_denied", "the address is not signed by this run");
        else if (path.Split('/') is ["", "results", var kind, var name])
            await TransferAsync(kind, name, request, response);
        else
            throw new ResultsException(404, "bad_route", "there is nothing here");
    }

    private async Task<ResultsAnswer> CallAsync(string path, HttpListenerRequest request)
    {
        if (request.HttpMethod != "POST" || request.ContentLength64 > LargestCall)
            throw new ResultsException(400, "bad_route", "a short POST is expected");
        // A body that comes in chunks does not say how long it is.
        byte[] body = new byte[LargestCall + 1];
        int length = await request.InputStream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, _stop.Token);
        if (length > LargestCall)
            throw new ResultsException(400, "bad_route", "a short POST is expected");
        ResultsRequest call = JsonSerializer.Deserialize(body.AsSpan(0, length), ResultsJson.Default.ResultsRequest) ?? new ResultsRequest();
        return path.StartsWith(Artifacts, StringComparison.Ordinal) ? _artifacts.Answer(path[Artifacts.Length..], call, Sign, _stop.Token)
            : path.StartsWith(Caches, StringComparison.Ordinal) ? _caches.Answer(path[Caches.Length..], call, Sign)
            : throw new ResultsException(404, "bad_route", "only the artifact and the cache service are here");
    }

    private async Task TransferAsync(string kind, string name, HttpListenerRequest request, HttpListenerResponse response)
    {
        switch (request.HttpMethod, kind, request.QueryString["comp"])
        {
            case ("PUT", "blobs", null):
                await _blobs.PutAsync(name, request.InputStream, _stop.Token);
                response.StatusCode = 201;
                break;
            case ("PUT", "blobs", "block"):
                await _blobs.PutBlockAsync(name, request.QueryString["blockid"] ?? "", request.InputStream, _stop.Token);
                response.StatusCode = 201;
                break;
            case ("PUT", "blobs", "blocklist"):
                await _blobs.CommitAsync(name, request.InputStream, _stop.Token);
                response.StatusCode = 201;
                break;
            case ("GET", "artifacts", _):
                response.ContentType = "application/zip";
                response.SendChunked = true;
                await _artifacts.WriteZipAsync(Uri.UnescapeDataString(name), response.OutputStream, _stop.Token);
                break;
            case ("GET", "caches", _):
                await using (var file = new FileStream(PlainFile.OpenRead(CacheCalls.ArchiveOf(name)), FileAccess.Read))
                {
                    response.ContentLength64 = file.Length;
                    await file.CopyToAsync(response.OutputStream, _stop.Token);
                }
                break;
            default:
                throw new ResultsException(405, "bad_route", $"{request.HttpMethod} of {kind} is not known here");
        }
    }

    private string Sign(string path) => $"{Url.TrimEnd('/')}{path}?sig={Key.Sign(path)}";

    private static async Task WriteAsync(HttpListenerResponse response, int status, ResultsAnswer answer)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(answer, ResultsJson.Default.ResultsAnswer);
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength64 = body.Length;
        await response.OutputStream.WriteAsync(body);
    }
}
