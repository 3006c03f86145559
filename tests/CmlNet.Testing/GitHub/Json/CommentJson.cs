using System.Text.Json.Nodes;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Testing.GitHub.Json;

/// <summary>Comments: <c>issue-comment</c> and <c>commit-comment</c> of the description.</summary>
internal static class CommentJson
{
    public static JsonNode Render(FakeGitHub fake, FakeRepository repository, FakeComment comment)
    {
        string api = $"{fake.ApiUrl}/repos/{repository.FullName}";
        string web = $"{fake.Url}/{repository.FullName}";
        var json = new JsonObject
        {
            ["id"] = comment.Id,
            ["node_id"] = $"IC_{comment.Id}",
            ["body"] = comment.Body,
            ["user"] = AccountJson.Simple(fake, comment.Author),
            ["created_at"] = Moment.Render(comment.CreatedAt),
            ["updated_at"] = Moment.Render(comment.UpdatedAt),
            ["author_association"] = "CONTRIBUTOR",
        };
        if (comment.Commit is { } sha)
        {
            json["url"] = $"{api}/comments/{comment.Id}";
            json["html_url"] = $"{web}/commit/{sha}#commitcomment-{comment.Id}";
            json["commit_id"] = sha;
            json["path"] = null;
            json["position"] = null;
            json["line"] = null;
        }
        else
        {
            string kind = repository.PullRequests.Exists(p => p.Number == comment.Issue) ? "pull" : "issues";
            json["url"] = $"{api}/issues/comments/{comment.Id}";
            json["html_url"] = $"{web}/{kind}/{comment.Issue}#issuecomment-{comment.Id}";
            json["issue_url"] = $"{api}/issues/{comment.Issue}";
        }

        return json;
    }
}
