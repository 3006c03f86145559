namespace CmlNet.Publishing.Detection;

/// <summary>What the CI systems of other code hosts than GitHub tell of a run.</summary>
internal static class HostRun
{
    private static readonly string[] Mirrored = ["SERVER_URL", "API_URL", "REPOSITORY", "SHA", "REF", "HEAD_REF", "EVENT_NAME", "EVENT_PATH", "RUN_ID", "WORKFLOW", "ACTOR"];

    /// <summary>Gitea's and Forgejo's Actions set GitHub's variables; where one is missing, their own of the same meaning stands in.</summary>
    public static IReadOnlyDictionary<string, string> Complete(IReadOnlyDictionary<string, string> environment)
    {
        if (!IsGitea(environment))
            return environment;
        var complete = new Dictionary<string, string>(environment, StringComparer.Ordinal);
        foreach (string name in Mirrored)
        {
            if (Value(environment, "GITHUB_" + name) is null && (Value(environment, "FORGEJO_" + name) ?? Value(environment, "GITEA_" + name)) is { } value)
                complete["GITHUB_" + name] = value;
        }

        return complete;
    }

    public static bool IsGitea(IReadOnlyDictionary<string, string> environment) =>
        Value(environment, "FORGEJO_ACTIONS") is not null || Value(environment, "GITEA_ACTIONS") is not null;

    /// <summary>The variables that hold a token, by order of precedence. A token for one host is not shown to another.</summary>
    public static IReadOnlyList<string>? TokenVariables(string driver) => driver switch
    {
        "gitlab" => ["CML_TOKEN", "CML_DRIVER_TOKEN", "REPO_TOKEN", "repo_token", "GITLAB_TOKEN", "CI_JOB_TOKEN"],
        "gitea" => ["CML_TOKEN", "CML_DRIVER_TOKEN", "REPO_TOKEN", "repo_token", "FORGEJO_TOKEN", "GITEA_TOKEN", "GITHUB_TOKEN"],
        "bitbucket" => ["CML_TOKEN", "CML_DRIVER_TOKEN", "REPO_TOKEN", "repo_token", "BITBUCKET_TOKEN"],
        _ => null,
    };

    /// <summary>The context with what the host's own CI system tells of the run.</summary>
    public static PublishingContext Complete(PublishingContext context, IReadOnlyDictionary<string, string> environment) => context.Driver switch
    {
        "gitlab" => context with
        {
            ApiBase = GitLabApi(context.Repository!, environment), // detection gives every real host one
            // In a pipeline for merged results CI_COMMIT_SHA is a commit that nobody wrote.
            Sha = Value(environment, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA") ?? Value(environment, "CI_COMMIT_SHA") ?? context.Sha,
            Branch = Value(environment, "CI_COMMIT_BRANCH") ?? Value(environment, "CI_COMMIT_REF_NAME") ?? context.Branch,
            PullRequest = Number(environment, "CI_MERGE_REQUEST_IID") ?? context.PullRequest,
            Workflow = Value(environment, "CI_PIPELINE_ID"),
            RunId = Value(environment, "CI_JOB_ID"),
            PipelineId = Value(environment, "CI_PIPELINE_ID"),
            RunUrl = Value(environment, "CI_JOB_URL") ?? Value(environment, "CI_PIPELINE_URL"),
        },
        "bitbucket" => context with
        {
            ApiBase = new Uri("https://api.bitbucket.org/2.0/"),
            Sha = Value(environment, "BITBUCKET_COMMIT") ?? context.Sha,
            Branch = Value(environment, "BITBUCKET_BRANCH") ?? Value(environment, "BITBUCKET_TAG") ?? context.Branch,
            PullRequest = Number(environment, "BITBUCKET_PR_ID") ?? context.PullRequest,
            Workflow = Value(environment, "BITBUCKET_PIPELINE_UUID"),
            RunId = Value(environment, "BITBUCKET_BUILD_NUMBER"),
            PipelineId = Value(environment, "BITBUCKET_PIPELINE_UUID"),
            RunUrl = Value(environment, "BITBUCKET_BUILD_NUMBER") is { } build ? $"{context.Repository}/pipelines/results/{Uri.EscapeDataString(build)}" : null,
        },
        "gitea" => context with { ApiBase = GiteaApi(context.Repository!, environment) }, // as above
        _ => context,
    };

    /// <summary>Null where it has to be looked for: GitLab may be installed under a path.</summary>
    private static Uri? GitLabApi(Uri repository, IReadOnlyDictionary<string, string> environment)
    {
        if (repository.Host == "gitlab.com")
            return new Uri("https://gitlab.com/api/v4/");
        return Of(repository, Value(environment, "CI_API_V4_URL")) ?? Of(repository, Value(environment, "CI_SERVER_URL") is { } server ? server.TrimEnd('/') + "/api/v4" : null);
    }

    /// <summary>A repository is two names below its server, so a path before them is the server's.</summary>
    private static Uri GiteaApi(Uri repository, IReadOnlyDictionary<string, string> environment)
    {
        string[] path = repository.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string prefix = string.Concat(path.SkipLast(2).Select(s => s + "/"));
        return Of(repository, Value(environment, "GITHUB_API_URL")) ?? new Uri($"{repository.GetLeftPart(UriPartial.Authority)}/{prefix}api/v1/");
    }

    /// <summary>What the environment says counts for its own server only.</summary>
    private static Uri? Of(Uri repository, string? address) =>
        Uri.TryCreate(address?.TrimEnd('/') + "/", UriKind.Absolute, out Uri? url) && url.Scheme == repository.Scheme && string.Equals(url.Authority, repository.Authority, StringComparison.OrdinalIgnoreCase)
            ? url
            : null;

    private static int? Number(IReadOnlyDictionary<string, string> environment, string name) =>
        int.TryParse(Value(environment, name), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) && number > 0 ? number : null;

    private static string? Value(IReadOnlyDictionary<string, string> environment, string name) => environment.GetValueOrDefault(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
}
