using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security;
using System.Security.Cryptography;
using System.Text;

#pragma warning disable CA5351 // An ETag is an MD5.
namespace CmlNet.Testing.S3;

/// <summary>The part of S3 that data remotes use, in memory, on the loopback interface. Every request's signature is checked.</summary>
public sealed class FakeS3Server : IAsyncDisposable
{
    public const string KeyId = "AKIDEXAMPLE", Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private readonly HttpListener _listener;
    private readonly Task _serving;
    private readonly ConcurrentDictionary<string, SortedDictionary<int, byte[]>> _uploads = new(StringComparer.Ordinal);

    public FakeS3Server()
    {
        (_listener, Endpoint) = Listen();
        _serving = ServeAsync();
    }

    /// <summary>Such as <c>http://127.0.0.1:1234</c>.</summary>
    public string Endpoint { get; }

    /// <summary>Content by <c>bucket/key</c>.</summary>
    public ConcurrentDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>Method and path of every request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Headers of every request.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Headers { get; } = new();

    /// <summary>Keys on a page of a listing.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>How long every answer takes, as if the server were far away.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Requests that are not signed at all are served, too.</summary>
    public bool TakesUnsigned { get; set; }

    /// <summary>Answers with this status instead when it gives one.</summary>
    public Func<string, int?> Fault { get; set; } = _ => null;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private static (HttpListener Listener, string Endpoint) Listen()
    {
        for (int attempt = 0; ; attempt++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            string endpoint = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
            probe.Stop();
            var listener = new HttpListener();
            listener.Prefixes.Add(endpoint + "/");
            try
            {
                listener.Start();
                return (listener, endpoint);
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                listener.Close(); // somebody was quicker
            }
        }
    }

    private async Task ServeAsync()
    {
        var answers = new List<Task>();
        try
        {
            while (_listener.IsListening)
                answers.Add(AnswerAsync(await _listener.GetContextAsync()));
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }

        await Task.WhenAll(answers);
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        HttpListenerRequest request = context.Request;
        try
        {
            using var body = new MemoryStream();
            await request.InputStream.CopyToAsync(body);
            string line = $"{request.HttpMethod} {request.RawUrl}";
            Requests.Enqueue(line);
            Headers.Enqueue(request.Headers.AllKeys.OfType<string>().ToDictionary(name => name, name => request.Headers[name] ?? "", StringComparer.OrdinalIgnoreCase));
            if (Delay > TimeSpan.Zero)
                await Task.Delay(Delay, TimeProvider.System, CancellationToken.None);
            if (Fault(line) is { } status)
                await SendAsync(context, status, "<Error><Code>SlowDown</Code></Error>"u8.ToArray());
            else if (TakesUnsigned && request.Headers["Authorization"] is null)
                await HandleAsync(context, Uri.UnescapeDataString(request.Url!.AbsolutePath).TrimStart('/'), body.ToArray());
            else if (!S3RequestSignature.IsFresh(request))
                await SendAsync(context, 403, "<Error><Code>RequestTimeTooSkewed</Code></Error>"u8.ToArray());
            else if (!S3RequestSignature.IsValid(request, KeyId, Secret))
                await SendAsync(context, 403, "<Error><Code>SignatureDoesNotMatch</Code></Error>"u8.ToArray());
            else
                await HandleAsync(context, Uri.UnescapeDataString(request.Url!.AbsolutePath).TrimStart('/'), body.ToArray());
        }
        catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            context.Response.Abort(); // the client went away
        }
    }

    private Task HandleAsync(HttpListenerContext context, string path, byte[] body)
    {
        HttpListenerRequest request = context.Request;
        string? upload = request.QueryString["uploadId"];
        switch (request.HttpMethod)
        {
            case "GET" when request.QueryString["list-type"] == "2":
                return SendAsync(context, 200, List(path.TrimEnd('/'), request.QueryString["prefix"] ?? "", request.QueryString["continuation-token"]));
            case "PUT" when upload is not null:
                _uploads[upload][int.Parse(request.QueryString["partNumber"]!, CultureInfo.InvariantCulture)] = body;
                context.Response.Headers["ETag"] = $"\"{Tag(body)}\"";
                return SendAsync(context, 200, []);
            case "PUT":
                Objects[path] = body;
                context.Response.Headers["ETag"] = $"\"{Tag(body)}\"";
                return SendAsync(context, 200, []);
            case "POST" when upload is null:
                string id = Guid.NewGuid().ToString("N");
                _uploads[id] = [];
                return SendAsync(context, 200, Encoding.UTF8.GetBytes($"<InitiateMultipartUploadResult><UploadId>{id}</UploadId></InitiateMultipartUploadResult>"));
            case "POST":
                Objects[path] = [.. _uploads[upload].SelectMany(part => part.Value)];
                return SendAsync(context, 200, "<CompleteMultipartUploadResult/>"u8.ToArray());
            case "DELETE":
                Objects.TryRemove(path, out _);
                return SendAsync(context, 204, []);
            default:
                return GetAsync(context, path);
        }
    }

    private Task GetAsync(HttpListenerContext context, string path)
    {
        if (!Objects.TryGetValue(path, out byte[]? content))
            return SendAsync(context, 404, "<Error><Code>NoSuchKey</Code></Error>"u8.ToArray());
        context.Response.Headers["ETag"] = $"\"{Tag(content)}\"";
        context.Response.Headers["Last-Modified"] = "Wed, 21 Oct 2015 07:28:00 GMT";
        if (context.Request.Headers["Range"] is not { } range)
            return SendAsync(context, 200, content);
        int start = int.Parse(range["bytes=".Length..].Split('-')[0], CultureInfo.InvariantCulture);
        return start >= content.Length ? SendAsync(context, 416, []) : SendAsync(context, 206, content[start..]);
    }

    private byte[] List(string bucket, string prefix, string? after)
    {
        List<string> keys = [.. Objects.Keys.Where(key => key.StartsWith($"{bucket}/{prefix}", StringComparison.Ordinal)).Select(key => key[(bucket.Length + 1)..]).Order(StringComparer.Ordinal).Where(key => string.CompareOrdinal(key, after) > 0)];
        List<string> page = [.. keys.Take(PageSize)];
        bool isCut = keys.Count > page.Count;
        string contents = string.Concat(page.Select(key => $"<Contents><Key>{SecurityElement.Escape(key)}</Key><LastModified>2015-10-21T07:28:00.000Z</LastModified><ETag>&quot;{Tag(Objects[$"{bucket}/{key}"])}&quot;</ETag><Size>{Objects[$"{bucket}/{key}"].Length}</Size></Contents>"));
        string next = isCut ? $"<NextContinuationToken>{SecurityElement.Escape(page[^1])}</NextContinuationToken>" : "";
        return Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>{bucket}</Name><KeyCount>{page.Count}</KeyCount><IsTruncated>{(isCut ? "true" : "false")}</IsTruncated>{next}{contents}</ListBucketResult>");
    }

    private static async Task SendAsync(HttpListenerContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentLength64 = body.Length;
        if (context.Request.HttpMethod != "HEAD")
            await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }

    private static string Tag(byte[] content) => Convert.ToHexStringLower(MD5.HashData(content));
}
