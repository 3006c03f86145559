using System.Text.Json.Nodes;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Testing.GitHub.Json;

/// <summary>Pull requests in lists: <c>pull-request-simple</c> of the description.</summary>
internal static class PullRequestJson
{
    /// <summary><c>pull-request</c>: what a list's item has, and more.</summary>
    public static JsonNode Full(FakeGitHub fake, FakeRepository repository, FakePullRequest pullRequest)
    {
        JsonNode json = Render(fake, repository, pullRequest);
        foreach (string name in (string[])["additions", "changed_files", "comments", "commits", "deletions", "review_comments"])
            json[name] = 0;
        json["mergeable"] = true;
        json["mergeable_state"] = "clean";
        json["merged"] = pullRequest.MergedBy is not null;
        json["maintainer_can_modify"] = false;
        json["merged_by"] = null;
        return json;
    }

    public static JsonNode Render(FakeGitHub fake, FakeRepository repository, FakePullRequest pullRequest)
    {
        string api = $"{fake.ApiUrl}/repos/{repository.FullName}";
        string self = $"{api}/pulls/{pullRequest.Number}";
        string issue = $"{api}/issues/{pullRequest.Number}";
        string web = $"{fake.Url}/{repository.FullName}/pull/{pullRequest.Number}";
        string statuses = $"{api}/statuses/{pullRequest.HeadSha}";
        var json = new JsonObject
        {
            ["id"] = 9000 + pullRequest.Number,
            ["node_id"] = pullRequest.NodeId,
            ["number"] = pullRequest.Number,
            ["state"] = pullRequest.State,
            ["locked"] = false,
            ["title"] = pullRequest.Title,
            ["body"] = pullRequest.Body,
            ["user"] = AccountJson.Simple(fake, pullRequest.Author),
            ["labels"] = new JsonArray(),
            ["author_association"] = "OWNER",
            ["created_at"] = Moment.Render(pullRequest.CreatedAt),
            ["updated_at"] = Moment.Render(pullRequest.CreatedAt),
            ["url"] = self,
            ["html_url"] = web,
            ["diff_url"] = web + ".diff",
            ["patch_url"] = web + ".patch",
            ["issue_url"] = issue,
            ["comments_url"] = issue + "/comments",
            ["commits_url"] = self + "/commits",
            ["review_comments_url"] = self + "/comments",
            ["review_comment_url"] = $"{api}/pulls/comments{{/number}}",
            ["statuses_url"] = statuses,
            ["head"] = Branch(fake, repository, pullRequest.HeadRef, pullRequest.HeadSha),
            ["base"] = Branch(fake, repository, pullRequest.BaseRef, pullRequest.BaseSha),
            ["_links"] = Links(self, issue, web, statuses),
        };
        foreach (string name in (string[])["assignee", "closed_at", "merge_commit_sha", "merged_at", "milestone", "auto_merge"])
            json[name] = null;
        return json;
    }

    private static JsonObject Branch(FakeGitHub fake, FakeRepository repository, string name, string sha) => new()
    {
        ["label"] = $"{repository.Owner}:{name}",
        ["ref"] = name,
        ["sha"] = sha,
        ["user"] = AccountJson.Simple(fake, repository.Owner),
        ["repo"] = RepositoryJson.Render(fake, repository),
    };

    private static JsonObject Links(string self, string issue, string web, string statuses) => new()
    {
        ["self"] = new JsonObject { ["href"] = self },
        ["html"] = new JsonObject { ["href"] = web },
        ["issue"] = new JsonObject { ["href"] = issue },
        ["comments"] = new JsonObject { ["href"] = issue + "/comments" },
        ["review_comments"] = new JsonObject { ["href"] = self + "/comments" },
        ["review_comment"] = new JsonObject { ["href"] = self + "/comments{/number}" },
        ["commits"] = new JsonObject { ["href"] = self + "/commits" },
        ["statuses"] = new JsonObject { ["href"] = statuses },
    };
}
