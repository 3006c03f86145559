using System.Text.Json.Nodes;

namespace CmlNet.Workflows.Execution.Events;

/// <summary>The objects that many payloads share, in GitHub's shapes (docs.github.com, "Webhook events and payloads"), with the members that workflows read.</summary>
internal sealed class PayloadParts(GitState git, string actor)
{
    public string Actor => actor;

    public JsonObject User(string login) => new()
    {
        ["login"] = login,
        ["id"] = StableId.Of("user", login),
        ["type"] = "User",
        ["site_admin"] = false,
        ["avatar_url"] = $"{git.ServerUrl}/{login}.png",
        ["html_url"] = $"{git.ServerUrl}/{login}",
        ["url"] = $"{git.ApiUrl}/users/{login}",
    };

    public JsonObject Repository() => new()
    {
        ["id"] = StableId.Of("repository", git.FullName),
        ["name"] = git.Name,
        ["full_name"] = git.FullName,
        ["private"] = true,
        ["visibility"] = "private",
        ["owner"] = User(git.Owner),
        ["html_url"] = git.HtmlUrl,
        ["url"] = $"{git.ApiUrl}/repos/{git.FullName}",
        ["clone_url"] = $"{git.HtmlUrl}.git",
        ["git_url"] = $"git://{HostAndPath()}.git",
        ["ssh_url"] = $"git@{Host()}:{git.FullName}.git",
        ["default_branch"] = git.DefaultBranch,
        ["fork"] = false,
        ["archived"] = false,
        ["disabled"] = false,
        ["description"] = null,
        ["topics"] = new JsonArray(),
    };

    public JsonObject Commit(GitCommit commit) => new()
    {
        ["id"] = commit.Sha,
        ["tree_id"] = commit.TreeSha,
        ["distinct"] = true,
        ["message"] = commit.Message,
        ["timestamp"] = commit.Committer.Time,
        ["url"] = $"{git.HtmlUrl}/commit/{commit.Sha}",
        ["author"] = Signature(commit.Author),
        ["committer"] = Signature(commit.Committer),
        ["added"] = Texts(commit.Added),
        ["removed"] = Texts(commit.Removed),
        ["modified"] = Texts(commit.Modified),
    };

    private JsonObject Signature(GitSignature signature)
    {
        var json = new JsonObject { ["name"] = signature.Name, ["email"] = signature.Email };
        if (signature.Email == git.UserEmail && git.UserEmail.Length > 0)
            json["username"] = git.User;
        return json;
    }

    private static JsonArray Texts(IReadOnlyList<string> texts) => new([.. texts.Select(static text => (JsonNode?)JsonValue.Create(text))]);

    private string Host() => new Uri(git.ServerUrl).Host;

    private string HostAndPath() => git.HtmlUrl[(git.HtmlUrl.IndexOf("://", StringComparison.Ordinal) + 3)..];
}
