using System.Net;
using CmlNet.Dvc.Configuration;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Remotes;

/// <summary>Opens remotes by the scheme of their address.</summary>
public sealed class RemoteStores(DvcProject project, HttpClient client) : IAsyncDisposable
{
    private readonly Dictionary<string, IRemoteStore> _open = new(StringComparer.Ordinal);
    private readonly List<HttpClient> _clients = [];

    /// <summary>The named remote, or the default one.</summary>
    /// <exception cref="DvcException">There is none, or its kind is not supported.</exception>
    public (string Name, IRemoteStore Store) Open(string? name)
    {
        string remote = name?.ToLowerInvariant() ?? project.Config.DefaultRemote
            ?? throw new DvcException("no remote specified in " + project.Root + ". Create a default remote with\n    dvc remote add -d <remote name> <remote url>", DvcException.NotConfigured);
        if (_open.TryGetValue(remote, out IRemoteStore? known))
            return (remote, known);
        IReadOnlyDictionary<string, string> options = project.Config.Remote(remote) ?? throw new DvcException($"remote '{remote}' doesn't exist. Known: {(project.Config.Remotes.Count == 0 ? "none" : string.Join(", ", project.Config.Remotes))}.");
        return (remote, _open[remote] = Create(options));
    }

    /// <summary>A place by its options; <c>url</c> is one of them.</summary>
    /// <exception cref="DvcException">Its kind is not supported.</exception>
    public IRemoteStore Create(IReadOnlyDictionary<string, string> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!options.TryGetValue("url", out string? url) || url.Length == 0)
            throw new DvcException("the remote has no url; set it with: dvc remote modify NAME url URL");
        if (IsSet(options, "worktree") || IsSet(options, "version_aware"))
            throw new DvcException($"remote '{url.Split('@')[^1]}' is {(IsSet(options, "worktree") ? "worktree" : "version_aware")}: it keeps files by their names and the cloud's versions, which is not supported. Use a remote without it.");
        int colon = url.IndexOf("://", StringComparison.Ordinal);
        return (colon < 0 ? "" : url[..colon].ToLowerInvariant()) switch
        {
            "" => new LocalStore(url),
            "file" => new LocalStore(new Uri(url).LocalPath),
            "http" or "https" or "webdav" or "webdavs" => new HttpStore(Client(options), options),
            "s3" => new S3Store(Client(options), options, project.Environment, project.Time),
            "ssh" or "sftp" => new SshStore(options, project.Environment),
            "gs" => throw Unsupported(url, "Google Cloud Storage", "use its S3-compatible interface: url s3://BUCKET/PATH, endpointurl https://storage.googleapis.com, with an HMAC key"),
            "gdrive" => throw Unsupported(url, "Google Drive", "mount it (for example with rclone mount) and use the folder as the url, or move the data to S3, SSH or WebDAV"),
            "azure" => throw Unsupported(url, "Azure Blob Storage", "mount the container (blobfuse2) and use the folder as the url, or put an S3 gateway in front of it"),
            "oss" => throw Unsupported(url, "Aliyun OSS", "use its S3-compatible interface with endpointurl"),
            var scheme => throw Unsupported(url, scheme, "use a folder, s3://, https://, webdavs:// or ssh://"),
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable store in _open.Values.OfType<IAsyncDisposable>())
            await store.DisposeAsync();
        foreach (IDisposable store in _open.Values.OfType<IDisposable>())
            store.Dispose();
        foreach (HttpClient own in _clients)
            own.Dispose();
    }

    private static bool IsSet(IReadOnlyDictionary<string, string> options, string option) => DvcConfig.Truth(options.GetValueOrDefault(option)) == true;

    // Of one whose certificate is not to be checked, or only by another authority, the connections are its own; and of one that wants digests, which the client answers itself.
    private HttpClient Client(IReadOnlyDictionary<string, string> options)
    {
        string? verify = options.GetValueOrDefault("ssl_verify");
        bool isChecked = string.IsNullOrEmpty(verify) || DvcConfig.Truth(verify) == true;
        NetworkCredential? digest = HttpStore.DigestCredential(options);
        if (isChecked && digest is null)
            return client;
        SocketsHttpHandler handler = isChecked ? new SocketsHttpHandler() : ServerCertificates.Handler(DvcConfig.Truth(verify) == false ? null : verify);
        if (digest is not null)
            handler.Credentials = new CredentialCache { { new Uri(new Uri(options["url"]).GetLeftPart(UriPartial.Authority)), "Digest", digest } };
        var own = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _clients.Add(own);
        return own;
    }

    private static DvcException Unsupported(string url, string kind, string instead) => new($"remote '{url.Split('@')[^1]}': {kind} is not supported. Instead, {instead}.");
}
