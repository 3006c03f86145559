using System.Collections.Concurrent;
using System.Globalization;
using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Bundles;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.CodeHosts.Bitbucket;
using CmlNet.Publishing.CodeHosts.Gitea;
using CmlNet.Publishing.CodeHosts.GitHub;
using CmlNet.Publishing.CodeHosts.GitLab;
using CmlNet.Publishing.Comments;
using CmlNet.Publishing.Detection;
using CmlNet.Publishing.Diagnosis;
using CmlNet.Publishing.Git;
using CmlNet.Publishing.Http;
using CmlNet.Publishing.Markdown;
using CmlNet.Publishing.PullRequests;
using CmlNet.Publishing.Surfaces;
using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing;

/// <summary>The library's front door: finds out where it is and puts code host, image store and publisher together.</summary>
public sealed class PublishingServices : IDisposable
{
    // One line for each new code host.
    private static readonly Dictionary<string, Func<Connections, ICodeHost>> CodeHosts = new(StringComparer.Ordinal)
    {
        ["github"] = connections => connections.OpenGitHub(),
        ["gitlab"] = connections => connections.Open(GitLabHost.Open),
        ["gitea"] = connections => connections.Open(GiteaHost.Open),
        ["bitbucket"] = connections => connections.Open(BitbucketHost.Open),
        ["local"] = connections => connections.OpenLocalHost(),
    };

    // One line for each new image store.
    private static readonly Dictionary<string, Func<Connections, IAssetStore>> AssetStores = new(StringComparer.Ordinal)
    {
        ["server"] = connections => connections.OpenAssetServer(),
        ["ref"] = connections => connections.OpenReferenceStore(),
        ["s3"] = connections => connections.OpenBucket(),
        ["release"] = connections => connections.OpenReleaseStore(),
        ["attachments"] = connections => connections.OpenAttachmentStore(),
        ["uploads"] = connections => new UploadStore(connections.CodeHost()),
        ["inline"] = static _ => new InlineStore(),
        ["local"] = connections => connections.OpenLocalStore(),
    };

    private readonly PublishingOptions _options;
    private readonly ILogger _logger;
    private readonly Lazy<PublishingContext> _context;
    private readonly Lazy<Connections> _connections;
    private readonly ConcurrentDictionary<string, string> _stored = new(StringComparer.Ordinal);
    private ICodeHost? _host;

    /// <summary>Services over the given surroundings; nothing is read or opened yet.</summary>
    /// <param name="options">Where to look.</param>
    /// <param name="logger">Gets what happens; never a token.</param>
    public PublishingServices(PublishingOptions options, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _logger = logger;
        _context = new Lazy<PublishingContext>(() => options.Context ?? ContextDetector.Detect(options));
        _connections = new Lazy<Connections>(() => new Connections(options, () => Context, Retries, logger) { CodeHost = OpenCodeHost });
    }

    /// <summary>Names of the code hosts.</summary>
    public static IReadOnlyCollection<string> CodeHostNames => CodeHosts.Keys;

    /// <summary>Names of the image stores.</summary>
    public static IReadOnlyCollection<string> AssetStoreNames => AssetStores.Keys;

    /// <summary>Where this run is.</summary>
    /// <exception cref="PublishingException">Repository, code host or event cannot be found out.</exception>
    public PublishingContext Context => _context.Value;

    internal RetryRules Retries { get; init; } = RetryRules.Default;

    /// <summary>The code host of <see cref="Context"/>; there is one, which lives as long as the services.</summary>
    /// <exception cref="PublishingException">No such code host, or no token for it.</exception>
    public ICodeHost OpenCodeHost() => _host ??= Resolve(CodeHosts, Context.Driver, "code host")(_connections.Value);

    /// <summary>
    /// The image store the options name. Chosen by itself: the local host's directory on a local host; the asset server or the
    /// bucket where one is configured; where nothing can be written, the report itself; the code host's uploads on another host
    /// than GitHub, where the repository's visibility and the kind of token decide.
    /// </summary>
    /// <returns>The store; <see langword="null"/> for <c>none</c>.</returns>
    /// <exception cref="PublishingException">Repository, code host or event cannot be found out.</exception>
    public IAssetStore? OpenAssetStore()
    {
        if (_options.AssetStore != "auto")
            return _options.AssetStore == "none" ? null : OpenAssetStore(_options.AssetStore);
        if (IsLocal)
            return OpenAssetStore("local");
        if (_options.AssetServer is not null)
            return OpenAssetStore("server");
        if (HasBucket)
            return Chosen("s3", "a bucket is configured");
        if (KnownContext() is not { } known || (known.Token is null && known.App is null))
            return Chosen("inline", "no asset server or bucket is configured, and no token for the code host is there");
        if (known.IsReadOnly)
            return Chosen("inline", "the token of this run may read only");
        return known.Driver == "github" ? _connections.Value.OpenGitHubChoice() : Chosen("uploads", "no asset server or bucket is configured, and the code host keeps files for its comments");
    }

    /// <summary>An image store by name.</summary>
    /// <param name="name">One of <see cref="AssetStoreNames"/>.</param>
    /// <exception cref="PublishingException">No such store, or it is not configured.</exception>
    public IAssetStore OpenAssetStore(string name)
    {
        IAssetStore store = Resolve(AssetStores, name, "image store")(_connections.Value);
        // Stores of batches know by themselves what they have; files of a comment belong to it.
        return store is IAssetBatch || store.IsForComments || !store.KeepsFiles ? store : new RememberingStore(store, _stored);
    }

    /// <summary>What removes images that no open pull request needs.</summary>
    /// <exception cref="PublishingException">The code host keeps no images.</exception>
    public IAssetPruning OpenAssetPruning() => Context.Driver == "github"
        ? new GitHubRefPruning(_connections.Value.OpenGitHub().Api)
        : throw new PublishingException($"the code host '{Context.Driver}' keeps no images that could be pruned");

    /// <summary>Which local files may be published: those of the repository and of the report's directory.</summary>
    /// <param name="directory">The report's directory, absolute.</param>
    public AssetFiles FilesAround(string directory) => new()
    {
        BaseDirectory = directory,
        Roots = WorkTree.Around(_options.WorkingDirectory) is { } tree ? [directory, tree.Directory] : [directory],
        SizeLimit = _options.AssetSizeLimit,
    };

    /// <summary>A publisher for reports in a directory.</summary>
    /// <param name="directory">The report's directory, absolute: relative links start there.</param>
    /// <param name="areAssetsPublished">Whether local files are published and linked.</param>
    /// <exception cref="PublishingException">No such code host, or no token for it.</exception>
    public CommentPublisher OpenCommentPublisher(string directory, bool areAssetsPublished = true)
    {
        if (!areAssetsPublished)
            return new CommentPublisher(OpenCodeHost(), Context, linker: null, _logger);
        IAssetStore? store = OpenAssetStore();
        var record = FileRecord.For(store);
        return new CommentPublisher(OpenCodeHost(), Context, new AssetLinker(store, FilesAround(directory), _logger) { Record = record }, _logger) { Record = record };
    }

    /// <summary>A publisher of reports to any number of surfaces.</summary>
    public ReportPublisher OpenReportPublisher() => new(this, _options.Environment.GetValueOrDefault(StepSummary.Variable), _options.Rehearsal, _logger);

    /// <summary>Refuses a bundle that names another commit than the run that left it was for; where the event tells of no such run, there is nothing to compare with.</summary>
    /// <param name="bundle">What another run left.</param>
    /// <exception cref="PublishingException">The bundle is about another commit.</exception>
    public void RequireCommit(ReportBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        if (Context.EventName == "workflow_run" && Context.Sha != bundle.Sha)
            throw new PublishingException($"the bundle says that it is about {bundle.Sha}, and the run that left it was for {Context.Sha}: it is not posted");
    }

    /// <summary>The open pull request that a bundle is for: the one whose newest commit it is about. Its images are then kept with those of this pull request.</summary>
    /// <param name="bundle">What another run left.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its number; <see langword="null"/> where there is none any more.</returns>
    /// <exception cref="PublishingException">The bundle is about another commit than the run that left it, or the host cannot be asked.</exception>
    public async Task<int?> FindPullRequestAsync(ReportBundle bundle, CancellationToken cancellationToken = default)
    {
        RequireCommit(bundle);
        ICommitPullRequests host = OpenCodeHost().Require<ICommitPullRequests>("finding pull requests by commit");
        int? number = await host.FindByHeadAsync(bundle.Sha, Context.HeadOwner, Context.HeadBranch, cancellationToken);
        if (number is null)
            Log.NoPullRequest(_logger, bundle.Sha);
        _connections.Value.FoundPullRequest = number;
        return number;
    }

    /// <summary>Pictures for a comment on a pull request are kept with those of this pull request, whatever the run is for.</summary>
    internal void KeepPicturesOf(CommentPlace place)
    {
        if (place.Surface == CommentSurface.PullRequest && int.TryParse(place.Id, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            _connections.Value.FoundPullRequest = number;
    }

    /// <summary>What looks at all of this and changes nothing.</summary>
    public Doctor OpenDoctor() => new(this, _options.Environment);

    /// <summary>A publisher of changed files as a pull request.</summary>
    /// <exception cref="PublishingException">No such code host, no token for it, or no git work tree.</exception>
    public PullRequestPublisher OpenPullRequestPublisher() => new(OpenCodeHost(), Context, OpenGit(), _logger);

    /// <summary>What makes a clone ready for commits and pushes.</summary>
    /// <exception cref="PublishingException">Repository or code host cannot be found out, or there is no git work tree.</exception>
    public RepositoryPreparer OpenRepositoryPreparer() => new(Context, OpenGit(), _logger);

    /// <summary>Closes connections.</summary>
    public void Dispose()
    {
        if (_connections.IsValueCreated)
            _connections.Value.Dispose();
    }

    private bool HasBucket => !string.IsNullOrWhiteSpace(_options.Bucket ?? _options.Environment.GetValueOrDefault(Assets.S3.S3Bucket.Variable));

    private IAssetStore Chosen(string name, string reason)
    {
        Log.StoreChosen(_logger, name, reason);
        return OpenAssetStore(name);
    }

    /// <summary>A local host is told by its variable alone, so that publishing an asset needs neither repository nor token.</summary>
    private bool IsLocal => _context.IsValueCreated || _options.Context is not null
        ? Context.Driver == "local"
        : _options.Driver == "local" || (string.IsNullOrEmpty(_options.Driver) && _options.Environment.GetValueOrDefault("CML_LOCAL_HOST") is { Length: > 0 });

    /// <summary>Publishing one file needs no repository where an asset server is configured, and is told so where none is.</summary>
    private PublishingContext? KnownContext()
    {
        try
        {
            return Context;
        }
        catch (PublishingException)
        {
            return null;
        }
    }

    private static Func<Connections, T> Resolve<T>(Dictionary<string, Func<Connections, T>> known, string name, string what) =>
        known.TryGetValue(name, out Func<Connections, T>? open)
            ? open
            : throw new PublishingException($"there is no {what} '{name}'; known are: {string.Join(", ", known.Keys)}");

    private GitCommand OpenGit() => Context.WorkTree is not null
        ? new GitCommand(_options.WorkingDirectory, Context.Repository, Context.Token is null && Context.App is null ? null : _connections.Value.Tokens)
        {
            Rehearsal = _options.Rehearsal,
            CredentialsOf = Context.Driver switch
            {
                "bitbucket" => BitbucketToken.ForGit,
                "gitlab" => GitCommand.GitLabCredentials,
                _ => GitCommand.UsualCredentials,
            },
        }
        : throw new PublishingException($"'{_options.WorkingDirectory}' is not in a git work tree; check the repository out first");
}
