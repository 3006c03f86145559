using System.Net;
using System.Net.Http.Headers;
using System.Xml;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Remotes;

/// <summary>A bucket of S3, or of a server that speaks its protocol. An upload is seen whole or not at all, as the protocol has it.</summary>
internal sealed class S3Store : IRemoteStore, IMarkedStore, IDeletingStore
{
    private const long PartBytes = 64L << 20;

    private readonly HttpClient _client;
    private readonly TimeProvider _time;
    private readonly S3Signature? _signature;
    private readonly Uri _bucket;
    private readonly string _prefix;

    // How what is written is to be encrypted, and whose it is to be.
    private static readonly (string Option, string Header)[] Wishes =
    [
        ("sse", "x-amz-server-side-encryption"), ("sse_kms_key_id", "x-amz-server-side-encryption-aws-kms-key-id"), ("acl", "x-amz-acl"),
        ("grant_read", "x-amz-grant-read"), ("grant_read_acp", "x-amz-grant-read-acp"), ("grant_write_acp", "x-amz-grant-write-acp"), ("grant_full_control", "x-amz-grant-full-control"),
    ];

    private readonly List<(string Name, string Value)> _wishes;

    // Of every request about an object's content: without the key it is not had again.
    private readonly List<(string Name, string Value)> _customerKey;

    public S3Store(HttpClient client, IReadOnlyDictionary<string, string> options, IReadOnlyDictionary<string, string> environment, TimeProvider time)
    {
        (_client, _time) = (client, time);
        _signature = S3Credentials.Find(options, environment);
        _wishes = [.. Wishes.Where(wish => options.GetValueOrDefault(wish.Option) is { Length: > 0 }).Select(wish => (wish.Header, options[wish.Option]))];
        _customerKey = [.. S3CustomerKey.Headers(options)];
        string[] parts = options["url"]["s3://".Length..].Split('/', 2);
        (string bucket, string path) = (parts[0], parts.Length > 1 ? parts[1].Trim('/') : "");
        if (bucket.Length == 0)
            throw new DvcException($"'{options["url"]}' names no bucket; it looks like s3://bucket/path");
        _prefix = path.Length == 0 ? "" : path + "/";
        bool isPlain = options.GetValueOrDefault("use_ssl")?.ToLowerInvariant() is "false" or "0";
        string region = _signature?.Region ?? options.GetValueOrDefault("region") ?? "us-east-1";
        // Another server knows its buckets by path; AWS by host, unless a dot in the name breaks the certificate.
        string? endpoint = options.GetValueOrDefault("endpointurl") ?? (environment.GetValueOrDefault("AWS_ENDPOINT_URL") is { Length: > 0 } fromEnvironment ? fromEnvironment : null);
        string address = endpoint is not null ? $"{endpoint.TrimEnd('/')}/{bucket}/"
            : bucket.Contains('.', StringComparison.Ordinal) ? $"http{(isPlain ? "" : "s")}://s3.{region}.amazonaws.com/{bucket}/"
            : $"http{(isPlain ? "" : "s")}://{bucket}.s3.{region}.amazonaws.com/";
        _bucket = Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) ? uri : throw new DvcException($"endpointurl is no URL: {endpoint}");
        Address = options["url"];
    }

    public string Address { get; }

    public async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Head, name, "", null, null, cancellationToken);
        return answer.StatusCode != HttpStatusCode.NotFound && (answer.IsSuccessStatusCode ? true : throw await FailureAsync(name, "looked for", answer, cancellationToken));
    }

    /// <summary>The ETag without its quotes.</summary>
    public async Task<string?> MarkAsync(string name, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Head, name, "", null, null, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        return answer.IsSuccessStatusCode ? answer.Headers.ETag?.Tag.Trim('"') : throw await FailureAsync(name, "looked for", answer, cancellationToken);
    }

    public async Task<bool> ReadAsync(string name, Stream target, long offset, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, name, "", null, offset > 0 ? new RangeHeaderValue(offset, null) : null, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return false;
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            return true;
        if (!answer.IsSuccessStatusCode)
            throw await FailureAsync(name, "read", answer, cancellationToken);
        if (offset > 0 && answer.StatusCode != HttpStatusCode.PartialContent)
            target.SetLength(0);
        await answer.Content.CopyToAsync(target, cancellationToken);
        return true;
    }

    public async Task WriteAsync(string name, string path, CancellationToken cancellationToken)
    {
        await using FileStream source = File.OpenRead(path);
        if (source.Length > PartBytes)
        {
            await WriteLargeAsync(name, source, cancellationToken);
            return;
        }

        using var content = new StreamContent(source);
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Put, name, "", content, null, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw await FailureAsync(name, "written", answer, cancellationToken);
    }

    public async Task<IReadOnlyCollection<string>?> ListAsync(string prefix, CancellationToken cancellationToken) =>
        await PagesAsync(prefix, cancellationToken) is { } pages ? [.. pages.SelectMany(xml => Values(xml, "Key")).Where(key => key.StartsWith(_prefix, StringComparison.Ordinal)).Select(key => key[_prefix.Length..])] : null;

    public async Task<IReadOnlyList<KeyValuePair<string, string>>?> MarksAsync(string prefix, CancellationToken cancellationToken)
    {
        if (await PagesAsync(prefix, cancellationToken) is not { } pages)
            return null;
        // Each entry has one of both.
        List<string> keys = [.. pages.SelectMany(xml => Values(xml, "Key"))], tags = [.. pages.SelectMany(xml => Values(xml, "ETag"))];
        if (keys.Count != tags.Count)
            throw new TransferException($"{Address} lists objects without their ETags", isTransient: false);
        return [.. keys.Zip(tags).Where(entry => entry.First.StartsWith(_prefix, StringComparison.Ordinal)).Select(entry => KeyValuePair.Create(entry.First[_prefix.Length..], entry.Second.Trim('"')))];
    }

    // Null when it may not be listed.
    private async Task<List<string>?> PagesAsync(string prefix, CancellationToken cancellationToken)
    {
        var pages = new List<string>();
        string? token = null;
        do
        {
            string query = $"list-type=2&prefix={S3Signature.Escape(_prefix + prefix, keepsSlash: false)}{(token is null ? "" : "&continuation-token=" + S3Signature.Escape(token, keepsSlash: false))}";
            using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, null, query, null, null, cancellationToken);
            // A public bucket may be read without being listed.
            if (answer.StatusCode == HttpStatusCode.Forbidden)
                return null;
            if (!answer.IsSuccessStatusCode)
                throw await FailureAsync(prefix, "listed", answer, cancellationToken);
            pages.Add(await answer.Content.ReadAsStringAsync(cancellationToken));
            token = Values(pages[^1], "NextContinuationToken").FirstOrDefault();
        }
        while (token is not null);

        return pages;
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Delete, name, "", null, null, cancellationToken);
        if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.NotFound)
            throw await FailureAsync(name, "deleted", answer, cancellationToken);
    }

    private async Task WriteLargeAsync(string name, FileStream source, CancellationToken cancellationToken)
    {
        using HttpResponseMessage begun = await SendAsync(HttpMethod.Post, name, "uploads=", null, null, cancellationToken);
        if (!begun.IsSuccessStatusCode)
            throw await FailureAsync(name, "written", begun, cancellationToken);
        string id = Values(await begun.Content.ReadAsStringAsync(cancellationToken), "UploadId").FirstOrDefault() ?? throw new TransferException($"{Address} began no upload of {name}", isTransient: false);
        string upload = "uploadId=" + S3Signature.Escape(id, keepsSlash: false);
        try
        {
            var tags = new List<string>();
            byte[] buffer = new byte[PartBytes];
            int read;
            while ((read = await source.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)) > 0)
            {
                using var part = new ByteArrayContent(buffer, 0, read);
                using HttpResponseMessage answer = await SendAsync(HttpMethod.Put, name, $"partNumber={tags.Count + 1}&{upload}", part, null, cancellationToken);
                if (!answer.IsSuccessStatusCode)
                    throw await FailureAsync(name, "written", answer, cancellationToken);
                tags.Add(answer.Headers.ETag?.Tag ?? "");
            }

            using var list = new StringContent($"<CompleteMultipartUpload>{string.Concat(tags.Select((tag, index) => $"<Part><PartNumber>{index + 1}</PartNumber><ETag>{WebUtility.HtmlEncode(tag)}</ETag></Part>"))}</CompleteMultipartUpload>");
            using HttpResponseMessage done = await SendAsync(HttpMethod.Post, name, upload, list, null, cancellationToken);
            if (!done.IsSuccessStatusCode || (await done.Content.ReadAsStringAsync(cancellationToken)).Contains("<Error>", StringComparison.Ordinal))
                throw await FailureAsync(name, "completed", done, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // What was begun is paid for until it is given up; its own time, as the caller's may be over.
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10), _time);
            using HttpResponseMessage given = await SendAsync(HttpMethod.Delete, name, upload, null, null, limit.Token);
            throw;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string? name, string query, HttpContent? content, RangeHeaderValue? range, CancellationToken cancellationToken)
    {
        string path = name is null ? "" : S3Signature.Escape(_prefix + name, keepsSlash: true);
        using var request = new HttpRequestMessage(method, new Uri(_bucket, path + (query.Length > 0 ? "?" + query : ""))) { Content = content };
        request.Headers.Range = range;
        // Of an upload in parts they belong to its beginning.
        bool isNew = (method == HttpMethod.Put && query.Length == 0) || query == "uploads=";
        bool isOfContent = name is not null && method != HttpMethod.Delete && !(method == HttpMethod.Post && query.StartsWith("uploadId", StringComparison.Ordinal));
        foreach ((string header, string value) in (isNew ? _wishes : []).Concat(isOfContent ? _customerKey : []))
            request.Headers.TryAddWithoutValidation(header, value);
        _signature?.Sign(request, content is null ? S3Signature.EmptyPayload : "UNSIGNED-PAYLOAD", _time.GetUtcNow());
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private async Task<TransferException> FailureAsync(string name, string done, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        string body = await answer.Content.ReadAsStringAsync(cancellationToken);
        string code = body.StartsWith('<') ? Values(body, "Code").FirstOrDefault() ?? "" : "";
        string advice = answer.StatusCode == HttpStatusCode.Forbidden ? "; check the credentials, and that they may do it" : "";
        return new TransferException($"{name} could not be {done} at {Address}: HTTP {(int)answer.StatusCode} {code}{advice}", isTransient: (int)answer.StatusCode >= 500 || answer.StatusCode == HttpStatusCode.TooManyRequests || code == "SlowDown");
    }

    private static List<string> Values(string xml, string element)
    {
        var values = new List<string>();
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, IsEmptyElement: false } && reader.LocalName == element && reader.Read())
                    values.Add(reader.Value);
            }
        }
        catch (XmlException)
        {
            // Not the protocol's answer: the status says the rest.
        }

        return values;
    }
}
