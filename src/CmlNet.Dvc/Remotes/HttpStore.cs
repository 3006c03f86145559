using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Remotes;

/// <summary>Objects behind HTTP(S): read with GET, written with PUT or POST. WebDAV also makes folders and lists them.</summary>
internal sealed class HttpStore : IRemoteStore, IDeletingStore, IDisposable
{
    private readonly HttpClient _client;
    private readonly Uri _root;
    private readonly HttpMethod _writes;
    private readonly bool _isWebDav;
    private readonly AuthenticationHeaderValue? _authorization;
    private readonly (string Name, string Value)? _header;
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _making = new(1, 1);

    /// <param name="client">Sends requests.</param>
    /// <param name="options">Of the remote.</param>
    public HttpStore(HttpClient client, IReadOnlyDictionary<string, string> options)
    {
        string url = options["url"];
        _client = client;
        _isWebDav = url.StartsWith("webdav", StringComparison.Ordinal);
        string http = _isWebDav ? "http" + url["webdav".Length..] : url;
        if (!Uri.TryCreate(http.TrimEnd('/') + "/", UriKind.Absolute, out Uri? root))
            throw new DvcException($"the address of the remote is no URL: {url.Split('@')[^1]}");
        (string? user, string? password) = User(options, root);
        _root = new UriBuilder(root) { UserName = "", Password = "" }.Uri;
        _writes = options.GetValueOrDefault("method")?.ToUpperInvariant() == "PUT" || _isWebDav ? HttpMethod.Put : HttpMethod.Post;
        string auth = options.GetValueOrDefault("auth")?.ToLowerInvariant() ?? "basic";
        if (options.GetValueOrDefault("token") is { } token)
            _authorization = new AuthenticationHeaderValue("Bearer", token);
        else if (auth == "custom" && options.GetValueOrDefault("custom_auth_header") is { } header)
            _header = (header, password ?? "");
        else if (user is not null && auth != "digest")
            _authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    /// <summary>Who the client is when the server asks it for a digest; null when it is not to answer.</summary>
    /// <exception cref="DvcException">There is nobody it could be.</exception>
    public static NetworkCredential? DigestCredential(IReadOnlyDictionary<string, string> options)
    {
        if (options.GetValueOrDefault("auth")?.ToLowerInvariant() != "digest" || !Uri.TryCreate(options["url"], UriKind.Absolute, out Uri? root))
            return null;
        (string? user, string? password) = User(options, root);
        return user is null ? throw new DvcException("auth is digest, and no user is set; set user and password with: dvc remote modify --local") : new NetworkCredential(user, password);
    }

    private static (string? User, string? Password) User(IReadOnlyDictionary<string, string> options, Uri root)
    {
        string? user = options.GetValueOrDefault("user"), password = options.GetValueOrDefault("password");
        return root.UserInfo.Split(':', 2) is [{ Length: > 0 } name, .. var rest]
            ? (user ?? Uri.UnescapeDataString(name), password ?? (rest.Length > 0 ? Uri.UnescapeDataString(rest[0]) : null))
            : (user, password);
    }

    public string Address => _root.ToString().TrimEnd('/');

    public void Dispose() => _making.Dispose();

    public async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Head, name, null, null, cancellationToken);
        // Servers that have no HEAD are asked for one byte.
        if (answer.StatusCode is not (HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented or HttpStatusCode.Forbidden))
            return Check(answer, name, "looked for");
        using HttpResponseMessage first = await SendAsync(HttpMethod.Get, name, null, new RangeHeaderValue(0, 0), cancellationToken);
        return Check(first, name, "looked for");
    }

    public async Task<bool> ReadAsync(string name, Stream target, long offset, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, name, null, offset > 0 ? new RangeHeaderValue(offset, null) : null, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            return true; // nothing is left
        if (!Check(answer, name, "read"))
            return false;
        // A server that knows no ranges sends everything again.
        if (offset > 0 && answer.StatusCode != HttpStatusCode.PartialContent)
            target.SetLength(0);
        await answer.Content.CopyToAsync(target, cancellationToken);
        return true;
    }

    public async Task WriteAsync(string name, string path, CancellationToken cancellationToken)
    {
        if (_isWebDav)
            await MakeFoldersAsync(name, cancellationToken);
        // To another name first, where the server can move: a reader never meets half a file.
        string temporary = _isWebDav ? $"{name}.{Guid.NewGuid():N}.tmp" : name;
        await using (FileStream source = File.OpenRead(path))
        {
            using var content = new StreamContent(source);
            using HttpResponseMessage answer = await SendAsync(_writes, temporary, content, null, cancellationToken);
            if (!Check(answer, name, "written"))
                throw Failure(name, "written", answer.StatusCode);
        }

        if (!_isWebDav)
            return;
        using var move = new HttpRequestMessage(new HttpMethod("MOVE"), UriOf(temporary));
        move.Headers.Add("Destination", UriOf(name).ToString());
        move.Headers.Add("Overwrite", "T");
        using HttpResponseMessage moved = await SendAsync(move, cancellationToken);
        if (!moved.IsSuccessStatusCode)
            throw Failure(name, "moved into place", moved.StatusCode);
    }

    public async Task<IReadOnlyCollection<string>?> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        if (!_isWebDav)
            return null;
        var names = new List<string>();
        var pending = new Queue<string>([prefix]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (pending.TryDequeue(out string? folder))
        {
            if (!seen.Add(folder))
                continue;
            using var request = new HttpRequestMessage(new HttpMethod("PROPFIND"), UriOf(folder + "/")) { Content = new StringContent("<?xml version=\"1.0\"?><propfind xmlns=\"DAV:\"><prop><resourcetype/></prop></propfind>", Encoding.UTF8, "application/xml") };
            request.Headers.Add("Depth", "1");
            using HttpResponseMessage answer = await SendAsync(request, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.NotFound)
                continue;
            if (!answer.IsSuccessStatusCode)
                return null;
            foreach ((string name, bool isFolder) in Entries(await answer.Content.ReadAsStringAsync(cancellationToken)))
            {
                if (isFolder)
                    pending.Enqueue(name);
                else
                    names.Add(name);
            }
        }

        return names;
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Delete, name, null, null, cancellationToken);
        Check(answer, name, "deleted");
    }

    private List<(string Name, bool IsFolder)> Entries(string xml)
    {
        var entries = new List<(string Name, bool IsFolder)>();
        using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        string? href = null;
        bool isFolder = false;
        try
        {
            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "response" })
                    (href, isFolder) = (null, false);
                else if (reader is { NodeType: XmlNodeType.Element, LocalName: "collection" })
                    isFolder = true;
                else if (reader is { NodeType: XmlNodeType.Element, LocalName: "href" } && reader.Read())
                    href = reader.Value.Trim();
                else if (reader is { NodeType: XmlNodeType.EndElement, LocalName: "response" } && href is not null && Uri.UnescapeDataString(new Uri(_root, href).AbsolutePath) is var path && Uri.UnescapeDataString(_root.AbsolutePath) is var root && path.StartsWith(root, StringComparison.Ordinal))
                    entries.Add((path[root.Length..].TrimEnd('/'), isFolder));
            }
        }
        catch (XmlException e)
        {
            throw new DvcException($"{Address} answered a listing that is no XML", innerException: e);
        }

        return entries;
    }

    private async Task MakeFoldersAsync(string name, CancellationToken cancellationToken)
    {
        await _making.WaitAsync(cancellationToken);
        try
        {
            string[] parts = name.Split('/');
            for (int i = 0; i < parts.Length; i++)
            {
                string folder = string.Join('/', parts.Take(i));
                if (_folders.Contains(folder))
                    continue;
                using var request = new HttpRequestMessage(new HttpMethod("MKCOL"), UriOf(folder.Length == 0 ? "" : folder + "/"));
                using HttpResponseMessage answer = await SendAsync(request, cancellationToken);
                if (!answer.IsSuccessStatusCode && answer.StatusCode is not (HttpStatusCode.MethodNotAllowed or HttpStatusCode.Conflict or HttpStatusCode.MovedPermanently or HttpStatusCode.Forbidden))
                    throw Failure(folder, "made", answer.StatusCode);
                _folders.Add(folder);
            }
        }
        finally
        {
            _making.Release();
        }
    }

    private Uri UriOf(string name) => new(_root, string.Join('/', name.Split('/').Select(Uri.EscapeDataString)));

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string name, HttpContent? content, RangeHeaderValue? range, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, UriOf(name)) { Content = content };
        request.Headers.Range = range;
        return await SendAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = _authorization;
        if (_header is { } header)
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private bool Check(HttpResponseMessage answer, string name, string done)
    {
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            return false;
        return answer.IsSuccessStatusCode ? true : throw Failure(name, done, answer.StatusCode);
    }

    private TransferException Failure(string name, string done, HttpStatusCode status)
    {
        string advice = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? "; set user and password with: dvc remote modify --local" : "";
        return new TransferException($"{name} could not be {done} at {Address}: HTTP {(int)status}{advice}", isTransient: (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout);
    }
}
