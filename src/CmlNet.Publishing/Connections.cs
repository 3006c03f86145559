using System.Net;
using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Assets.S3;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.CodeHosts.GitHub;
using CmlNet.Publishing.CodeHosts.Local;
using CmlNet.Publishing.Detection;
using CmlNet.Publishing.Http;
using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing;

/// <summary>Opens code hosts and image stores over connections they share, and closes them.</summary>
internal sealed class Connections(PublishingOptions options, Func<PublishingContext> context, RetryRules retries, ILogger logger) : IDisposable
{
    private static readonly string Agent = "cml/" + (typeof(Connections).Assembly.GetName().Version?.ToString(3) ?? "0");

    private readonly List<IDisposable> _opened = [];
    private readonly SemaphoreSlim _writeGate = new(1);
    private readonly EntityCache _cache = new();
    private SocketsHttpHandler? _handler;
    private ITokenSource? _tokens;
    private GitHubHost? _gitHub;
    private GitHubVisibility? _visibility;
    private GitHubReleaseStore? _releases;
    private GitHubAttachmentStore? _attachments;
    private S3AssetStore? _bucket;
    private AssetServerStore? _assetServer;

    private PublishingContext Context => context();

    private SocketsHttpHandler Handler => _handler ??= NewHandler();

    /// <summary>The pull request that was looked up for the run, which goes before the one its event names.</summary>
    public int? FoundPullRequest { get; set; }

    /// <summary>The one code host of the services.</summary>
    public required Func<ICodeHost> CodeHost { get; init; }

    private GitHubVisibility Visibility => _visibility ??= new GitHubVisibility(OpenGitHub().Api);

    private string LocalDirectory => Context.LocalDirectory ?? throw new PublishingException("the driver 'local' needs CML_LOCAL_HOST to name a directory");

    /// <summary>The token that was given, or those of the App.</summary>
    /// <exception cref="PublishingException">There is neither.</exception>
    public ITokenSource Tokens => _tokens ??= Context switch
    {
        { App: { } app } => Opened(new GitHubAppTokens(NewClient(Context.ApiBase!, GitHubHeaders, null), app, GitHubApi.PathOf(Owner.Owner, Owner.Name), options.Time)),
        { Token: { } token } => new FixedToken(token),
        _ => throw new PublishingException("token not found: pass --token, or set REPO_TOKEN, GITHUB_TOKEN or CML_TOKEN"),
    };

    private static IReadOnlyList<KeyValuePair<string, string>> GitHubHeaders { get; } = [new("Accept", "application/vnd.github+json"), new("X-GitHub-Api-Version", "2022-11-28")];

    private (string Owner, string Name) Owner
    {
        get
        {
            Uri repository = Context.Repository!; // detection gives every real host one
            string[] path = repository.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
            return path.Length < 2
                ? throw new PublishingException($"'{repository}' is not a repository: expected https://host/owner/name")
                : (Uri.UnescapeDataString(path[0]), Uri.UnescapeDataString(path[1]));
        }
    }

    /// <summary>Opens a code host by what it needs.</summary>
    public ICodeHost Open(Func<HostOpening, ICodeHost> open) => Opened(open(new HostOpening
    {
        Context = Context,
        Environment = options.Environment,
        Time = options.Time,
        FirstDelay = retries.FirstDelay,
        Logger = logger,
        Connect = (address, headers) => NewClient(address, headers, authorization: null, followsRedirections: false),
    }));

    public LocalHost OpenLocalHost() => new(LocalDirectory, options.Time, options.Rehearsal);

    public LocalAssetStore OpenLocalStore() => new(LocalDirectory, options.Rehearsal);

    /// <summary>One for all that use it, so that what is known of its answers stays known.</summary>
    public GitHubHost OpenGitHub() => _gitHub ??= Opened(new GitHubHost(
        NewClient(Context.ApiBase!, GitHubHeaders, (Tokens, "Authorization", "token ")), Context.ApiBase!, Owner.Owner, Owner.Name, options.Time) { AppTokens = Tokens as GitHubAppTokens });

    /// <summary>One for each report, and not kept: what refused one report may take the next, and a store that is kept keeps pictures.</summary>
    public GitHubRefStore OpenReferenceStore() => Context.Driver == "github"
        ? new GitHubRefStore(OpenGitHub().Api, Visibility, Context.Repository!, GitHubRefStore.NameFor(FoundPullRequest ?? Context.PullRequest, Context.Branch), logger) // detection gives every real host one
        : throw new PublishingException($"the image store 'ref' is for GitHub, and the code host is '{Context.Driver}'");

    public GitHubReleaseStore OpenReleaseStore() => Context.Driver == "github"
        ? _releases ??= Opened(new GitHubReleaseStore(OpenGitHub().Api, NewUploadClient(), Context.Repository!, options.Time)) // detection gives every real host one
        : throw new PublishingException($"the image store 'release' is for GitHub, and the code host is '{Context.Driver}'");

    /// <summary>GitHub refuses a job's token and those of Apps here, and its own servers have no such thing.</summary>
    public GitHubAttachmentStore OpenAttachmentStore()
    {
        if (Context is not { Driver: "github", Repository.Host: "github.com" })
            throw new PublishingException("the image store 'attachments' is for github.com only; pass --assets=ref, or release");
        if (Context.Token is not { } token || GitHubToken.IsOfAnApp(token))
            throw new PublishingException("the image store 'attachments' needs a personal token: GitHub takes neither GITHUB_TOKEN nor an App's there. Set REPO_TOKEN to one, or pass --assets=ref.");
        return _attachments ??= Opened(new GitHubAttachmentStore(OpenGitHub().Api, NewUploadClient()));
    }

    /// <summary>The store that suits the repository and the token, on GitHub. One for each report, and not kept, as above.</summary>
    public GitHubAutoStore OpenGitHubChoice()
    {
        bool hasAttachments = Context is { Repository.Host: "github.com", Token: { } token } && GitHubToken.IsPersonal(token);
        return new GitHubAutoStore(Visibility, hasAttachments ? OpenAttachmentStore : null, OpenReferenceStore, logger);
    }

    public S3AssetStore OpenBucket() => _bucket ??= NewBucket();

    public AssetServerStore OpenAssetServer() => _assetServer ??= NewAssetServer();

    private S3AssetStore NewBucket()
    {
        S3Bucket bucket = S3Bucket.Read(options.Bucket, options.Environment);
        var signer = S3Signer.Read(options.Environment, bucket.Region, options.Time);
        return new S3AssetStore(Opened(NewClient(bucket.Objects, [], authorization: null, followsRedirections: false, signer)), signer, bucket);
    }

    private AssetServerStore NewAssetServer()
    {
        Uri address = options.AssetServer ?? throw new PublishingException("no asset server is configured: pass --publish-url (or set CML_COMMENT_PUBLISH_URL)");
        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            throw new PublishingException($"'{address}' is not the address of an asset server: expected http(s)://…");
        string? token = options.AssetServerToken ?? options.Environment.GetValueOrDefault("CML_ASSET_UPLOAD_TOKEN");
        (ITokenSource, string, string)? authorization = string.IsNullOrWhiteSpace(token) ? null : (new FixedToken(token.Trim()), "Authorization", "Bearer ");
        return new AssetServerStore(Opened(NewClient(address, [], authorization)), address, options.HasAssetMark);
    }

    private ApiClient NewUploadClient()
    {
        Uri api = Context.ApiBase!; // detection gives GitHub one
        Uri uploads = api.Host == "api.github.com" ? new Uri("https://uploads.github.com/") : new Uri(api, "/api/uploads/");
        return NewClient(uploads, GitHubHeaders, (Tokens, "Authorization", "token "));
    }

    public void Dispose()
    {
        foreach (IDisposable opened in _opened)
            opened.Dispose();
        _handler?.Dispose();
        _writeGate.Dispose();
    }

    private ApiClient NewClient(Uri address, IReadOnlyList<KeyValuePair<string, string>> headers, (ITokenSource Source, string Header, string Prefix)? authorization, bool followsRedirections = true, IRequestSigner? signer = null) =>
        new(Handler, address, options.Time, logger, retries)
        {
            Authorization = authorization,
            FollowsRedirections = followsRedirections,
            Signer = signer,
            Cache = _cache,
            WriteGate = _writeGate,
            Rehearsal = options.Rehearsal,
            DefaultHeaders = [.. headers, new("User-Agent", Agent)],
        };

    /// <summary>Proxies are the environment's: HTTP_PROXY, HTTPS_PROXY, NO_PROXY.</summary>
    private SocketsHttpHandler NewHandler()
    {
        var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(15), AllowAutoRedirect = false };
        string? authorities = options.CertificateAuthorities ?? options.Environment.GetValueOrDefault("CML_CA_FILE");
        if (!string.IsNullOrEmpty(authorities))
            handler.SslOptions.RemoteCertificateValidationCallback = TrustedAuthorities.Beside(Path.GetFullPath(authorities, options.WorkingDirectory));
        return handler;
    }

    private T Opened<T>(T opened)
        where T : IDisposable
    {
        _opened.Add(opened);
        return opened;
    }
}
