using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CmlNet.Publishing.Detection;

/// <summary>What the event that started a GitHub workflow says of commit and pull request.</summary>
internal sealed partial record GitHubEvent(string? Sha, int? PullRequest)
{
    /// <summary>Owner of the repository with the changes.</summary>
    public string? HeadOwner { get; init; }

    public string? HeadBranch { get; init; }

    /// <summary>The pull request's newest commit, where <see cref="Sha"/> is another.</summary>
    public string? HeadSha { get; init; }

    /// <summary>GitHub gives the run a token that may read only.</summary>
    public bool IsFromFork { get; init; }

    private const long LargestPayload = 32 * 1024 * 1024;

    public static GitHubEvent Read(IReadOnlyDictionary<string, string> environment)
    {
        string? name = environment.GetValueOrDefault("GITHUB_EVENT_NAME");
        string? sha = Filled(environment.GetValueOrDefault("GITHUB_SHA"));
        // Only these events carry something that GITHUB_SHA does not tell.
        if (name is not ("pull_request" or "pull_request_target" or "pull_request_review" or "pull_request_review_comment" or "issue_comment" or "workflow_run" or "merge_group" or "check_suite"))
            return new GitHubEvent(sha, null);
        using JsonDocument? payload = Payload(environment.GetValueOrDefault("GITHUB_EVENT_PATH"));
        if (payload is null)
        {
            return name == "pull_request"
                ? throw new PublishingException("the pull_request event cannot be read: GITHUB_EVENT_PATH does not name a readable JSON file. In a container, mount it; or pass --target=pr/<number>.")
                : new GitHubEvent(sha, null);
        }

        JsonElement root = payload.RootElement;
        return name switch
        {
            "pull_request" => new GitHubEvent(Text(root, "pull_request", "head", "sha") ?? sha, Number(root, "pull_request", "number"))
            {
                HeadOwner = Text(root, "pull_request", "head", "repo", "owner", "login"),
                HeadBranch = Text(root, "pull_request", "head", "ref"),
                IsFromFork = HasReadOnlyToken(root, environment),
            },
            // CML takes the merge commit here, which is in GITHUB_SHA.
            "pull_request_review" or "pull_request_review_comment" => new GitHubEvent(sha, Number(root, "pull_request", "number"))
            {
                HeadSha = Text(root, "pull_request", "head", "sha"),
                IsFromFork = HasReadOnlyToken(root, environment),
            },
            "pull_request_target" => new GitHubEvent(sha, Number(root, "pull_request", "number")),
            "issue_comment" => new GitHubEvent(sha, At(root, "issue", "pull_request") is { ValueKind: JsonValueKind.Object } ? Number(root, "issue", "number") : null),
            "workflow_run" or "check_suite" => new GitHubEvent(Text(root, name, "head_sha") ?? sha, FirstPullRequest(root, name))
            {
                HeadOwner = Text(root, name, "head_repository", "owner", "login"),
                HeadBranch = Text(root, name, "head_branch"),
            },
            _ => new GitHubEvent(Text(root, "merge_group", "head_sha") ?? sha, QueuedPullRequest(Text(root, "merge_group", "head_ref"))),
        };
    }

    private static bool HasReadOnlyToken(JsonElement root, IReadOnlyDictionary<string, string> environment) =>
        ComesFromFork(root) || environment.GetValueOrDefault("GITHUB_ACTOR") == "dependabot[bot]";

    /// <summary>A fork that was deleted is none that the event tells of.</summary>
    private static bool ComesFromFork(JsonElement root) =>
        Text(root, "pull_request", "base", "repo", "full_name") is { } target && !string.Equals(Text(root, "pull_request", "head", "repo", "full_name"), target, StringComparison.OrdinalIgnoreCase);

    /// <summary>Null where the list is empty, as it is for pull requests from forks: then the commit is looked up.</summary>
    private static int? FirstPullRequest(JsonElement root, string name) =>
        At(root, name, "pull_requests") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? Number(list[0], "number") : null;

    /// <summary>A merge queue's branch is <c>gh-readonly-queue/&lt;base&gt;/pr-&lt;number&gt;-&lt;sha&gt;</c>.</summary>
    private static int? QueuedPullRequest(string? reference) =>
        reference is not null && QueueBranch().Match(reference) is { Success: true } match && int.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;

    private static JsonDocument? Payload(string? path)
    {
        if (string.IsNullOrEmpty(path))
            return null;
        try
        {
            using FileStream stream = File.OpenRead(path);
            JsonDocument? document = stream.Length > LargestPayload ? null : JsonDocument.Parse(stream);
            if (document?.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document?.Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static JsonElement? At(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }

        return element;
    }

    private static string? Text(JsonElement element, params ReadOnlySpan<string> path) => At(element, path) is { ValueKind: JsonValueKind.String } found ? Filled(found.GetString()) : null;

    private static int? Number(JsonElement element, params ReadOnlySpan<string> path) =>
        At(element, path) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt32(out int number) && number > 0 ? number : null;

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    [GeneratedRegex("gh-readonly-queue/.+/pr-(?<number>[0-9]+)-[0-9a-f]+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QueueBranch();
}
