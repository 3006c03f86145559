using System.Text.Json.Nodes;

namespace CmlNet.Workflows.Execution.Events;

/// <summary><c>pull_request</c>: the branch checked out, proposed to its base, just pushed to (<c>synchronize</c>).</summary>
internal static class PullRequestPayload
{
    public static JsonObject Build(GitState git, PayloadParts parts, EventRequest request)
    {
        string head = git.Branch ?? git.Tag ?? "HEAD";
        string baseBranch = request.BaseBranch ?? git.DefaultBranch;
        string baseSha = git.MergeBase ?? git.Head?.ParentSha ?? GitState.ZeroSha;
        string[] message = (git.Head?.Message ?? head).Split('\n', 2);
        return new JsonObject
        {
            ["action"] = "synchronize",
            ["number"] = request.PullRequestNumber,
            ["before"] = git.Head?.ParentSha ?? GitState.ZeroSha,
            ["after"] = git.HeadSha,
            ["pull_request"] = PullRequest(git, parts, request.PullRequestNumber, message, Side(git, parts, head, git.HeadSha), Side(git, parts, baseBranch, baseSha)),
            ["repository"] = parts.Repository(),
            ["sender"] = parts.User(parts.Actor),
        };
    }

    private static JsonObject PullRequest(GitState git, PayloadParts parts, int number, string[] message, JsonObject head, JsonObject target)
    {
        string html = $"{git.HtmlUrl}/pull/{number}";
        string api = $"{git.ApiUrl}/repos/{git.FullName}";
        return new JsonObject
        {
            ["id"] = StableId.Of("pull_request", $"{git.FullName}#{number}"),
            ["number"] = number,
            ["state"] = "open",
            ["locked"] = false,
            ["title"] = message[0],
            ["body"] = message.Length > 1 && message[1].Trim().Length > 0 ? message[1].Trim() : null,
            ["user"] = parts.User(parts.Actor),
            ["author_association"] = "OWNER",
            ["draft"] = false,
            ["merged"] = false,
            ["mergeable"] = null,
            ["merge_commit_sha"] = null,
            ["created_at"] = git.Head?.Author.Time,
            ["updated_at"] = git.Head?.Committer.Time,
            ["closed_at"] = null,
            ["merged_at"] = null,
            ["html_url"] = html,
            ["url"] = $"{api}/pulls/{number}",
            ["issue_url"] = $"{api}/issues/{number}",
            ["comments_url"] = $"{api}/issues/{number}/comments",
            ["statuses_url"] = $"{api}/statuses/{git.HeadSha}",
            ["diff_url"] = $"{html}.diff",
            ["patch_url"] = $"{html}.patch",
            ["head"] = head,
            ["base"] = target,
            ["labels"] = new JsonArray(),
            ["assignees"] = new JsonArray(),
            ["requested_reviewers"] = new JsonArray(),
            ["milestone"] = null,
        };
    }

    private static JsonObject Side(GitState git, PayloadParts parts, string branch, string sha) => new()
    {
        ["label"] = $"{git.Owner}:{branch}",
        ["ref"] = branch,
        ["sha"] = sha,
        ["user"] = parts.User(git.Owner),
        ["repo"] = parts.Repository(),
    };
}
