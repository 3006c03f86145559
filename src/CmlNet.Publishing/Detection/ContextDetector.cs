namespace CmlNet.Publishing.Detection;

/// <summary>Finds out where a run is, in CML's order of precedence.</summary>
internal static class ContextDetector
{
    private const long LargestKey = 64 * 1024;

    private static readonly string[] TokenVariables = ["CML_TOKEN", "CML_DRIVER_TOKEN", "REPO_TOKEN", "repo_token", "GITHUB_TOKEN", "GITLAB_TOKEN", "BITBUCKET_TOKEN"];

    public static PublishingContext Detect(PublishingOptions options)
    {
        IReadOnlyDictionary<string, string> environment = HostRun.Complete(options.Environment);
        options = options with { Environment = environment };
        WorkTree? tree = WorkTree.Around(options.WorkingDirectory);
        string? localDirectory = Value(environment, "CML_LOCAL_HOST");
        bool isLocal = options.Driver == "local" || (string.IsNullOrEmpty(options.Driver) && localDirectory is not null);
        if (isLocal && localDirectory is null)
            throw new PublishingException("the driver 'local' needs CML_LOCAL_HOST to name a directory");
        Uri? repository = Repository(options, tree, isRequired: !isLocal);
        GitHubEvent started = GitHubEvent.Read(environment);
        string driver = isLocal ? "local" : DriverFor(options, repository!); // required above unless local
        GitHubAppKey? app = driver is "github" or "local" ? App(options) : null;
        string? token = Token(options, driver);
        var context = new PublishingContext
        {
            Driver = driver,
            Repository = repository,
            ApiBase = repository is null ? null : GitHubApiBase(repository, environment),
            Token = app is null ? token : null,
            App = app,
            Sha = started.Sha ?? tree?.Head(),
            Branch = Branch(environment),
            PullRequest = started.PullRequest,
            Workflow = Value(environment, "GITHUB_WORKFLOW"),
            RunId = Value(environment, "GITHUB_RUN_ID"),
            EventName = Value(environment, "GITHUB_EVENT_NAME"),
            HeadOwner = started.HeadOwner,
            HeadBranch = started.HeadBranch,
            HeadSha = started.HeadSha,
            IsReadOnly = started.IsFromFork && token == Value(environment, "GITHUB_TOKEN"),
            RunUrl = RunUrl(repository, environment),
            LocalDirectory = localDirectory is null ? null : Path.GetFullPath(localDirectory, options.WorkingDirectory),
            WorkTree = tree?.Directory,
        };
        return HostRun.Complete(context, environment);
    }

    /// <summary><c>GITHUB_API_URL</c> where it belongs to the repository's server; else github.com's, or that of an Enterprise server.</summary>
    internal static Uri GitHubApiBase(Uri repository, IReadOnlyDictionary<string, string> environment)
    {
        if (Value(environment, "GITHUB_API_URL") is { } api && Value(environment, "GITHUB_SERVER_URL") is { } server
            && Uri.TryCreate(server, UriKind.Absolute, out Uri? serverUrl) && Uri.TryCreate(api.TrimEnd('/') + "/", UriKind.Absolute, out Uri? apiUrl)
            && string.Equals(serverUrl.Authority, repository.Authority, StringComparison.OrdinalIgnoreCase))
        {
            return apiUrl;
        }

        return repository.Host == "github.com" ? new Uri("https://api.github.com/") : new Uri($"{repository.Scheme}://{repository.Authority}/api/v3/");
    }

    private static Uri? Repository(PublishingOptions options, WorkTree? tree, bool isRequired)
    {
        string? server = Value(options.Environment, "GITHUB_SERVER_URL") ?? Value(options.Environment, "CI_SERVER_URL");
        string? text = Filled(options.Repository) ?? Value(options.Environment, "CML_REPO");
        // A local host needs no repository, so git is not started for one.
        text ??= (isRequired ? tree?.OriginUrl() : null) ?? Value(options.Environment, "GITHUB_REPOSITORY")
            ?? Value(options.Environment, "CI_PROJECT_URL") ?? Value(options.Environment, "BITBUCKET_GIT_HTTP_ORIGIN");
        if (text is not null)
            return RepositoryUrl.Parse(text, server);
        return isRequired ? throw new PublishingException("the repository is not known: pass --repo (or set CML_REPO) with its URL or owner/name, or run in a clone with a remote called origin") : null;
    }

    private static string DriverFor(PublishingOptions options, Uri repository)
    {
        if ((Filled(options.Driver) ?? Filled(options.DefaultDriver)) is { } chosen)
            return chosen;
        string host = repository.Host;
        return host switch
        {
            "github.com" => "github",
            "gitlab.com" => "gitlab",
            "bitbucket.org" or "bitbucket.com" => "bitbucket",
            "gitea.com" or "codeberg.org" => "gitea",
            _ when HostRun.IsGitea(options.Environment) => "gitea",
            _ when Value(options.Environment, "GITHUB_REPOSITORY") is not null => "github",
            _ when Value(options.Environment, "CI_PROJECT_URL") is not null => "gitlab",
            _ when Value(options.Environment, "BITBUCKET_REPO_UUID") is not null => "bitbucket",
            _ => throw new PublishingException($"driver not set: nothing tells which code host {host} is. Pass --driver=github, gitlab, gitea or bitbucket (or set CML_DRIVER)."),
        };
    }

    private static string? Token(PublishingOptions options, string driver)
    {
        string? token = Filled(options.Token) ?? (HostRun.TokenVariables(driver) ?? TokenVariables).Select(name => Value(options.Environment, name)).FirstOrDefault(value => value is not null);
        if (token is not null && token.Trim().Any(c => char.IsControl(c) || c > 126))
            throw new PublishingException("the token holds characters that no token has (a line break, perhaps); check how it was stored");
        return token?.Trim();
    }

    /// <summary>A token on the command line goes before an App, and an App before tokens that every job finds in its environment.</summary>
    private static GitHubAppKey? App(PublishingOptions options)
    {
        if (Filled(options.Token) is not null || Value(options.Environment, "CML_APP_ID") is not { } id)
            return null;
        string? key = Value(options.Environment, "CML_APP_PRIVATE_KEY");
        if (key is null && Value(options.Environment, "CML_APP_PRIVATE_KEY_FILE") is { } file)
        {
            string path = Path.GetFullPath(file, options.WorkingDirectory);
            var files = new Assets.AssetFiles { BaseDirectory = options.WorkingDirectory, Roots = [Path.GetPathRoot(path) ?? "/"], SizeLimit = LargestKey };
            key = System.Text.Encoding.UTF8.GetString(files.ReadNamed(path, out string? refusal));
            if (refusal is not null)
                throw new PublishingException($"the App's private key '{file}', which CML_APP_PRIVATE_KEY_FILE names, cannot be read: {refusal}");
        }

        // Where a variable can have one line only, its line ends are written out.
        return key is null
            ? throw new PublishingException("CML_APP_ID is set, and the App's private key is not: set CML_APP_PRIVATE_KEY_FILE, or CML_APP_PRIVATE_KEY")
            : new GitHubAppKey(id.Trim(), key.Replace("\\n", "\n", StringComparison.Ordinal));
    }

    private static string? RunUrl(Uri? repository, IReadOnlyDictionary<string, string> environment) =>
        repository is not null && Value(environment, "GITHUB_RUN_ID") is { } run ? $"{repository.AbsoluteUri}/actions/runs/{Uri.EscapeDataString(run)}" : null;

    private static string? Branch(IReadOnlyDictionary<string, string> environment)
    {
        string? reference = Value(environment, "GITHUB_HEAD_REF") ?? Value(environment, "GITHUB_REF");
        foreach (string prefix in (ReadOnlySpan<string>)["refs/heads/", "refs/tags/"])
        {
            if (reference?.StartsWith(prefix, StringComparison.Ordinal) == true)
                return reference[prefix.Length..];
        }

        return reference;
    }

    private static string? Value(IReadOnlyDictionary<string, string> environment, string name) => Filled(environment.GetValueOrDefault(name));

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
