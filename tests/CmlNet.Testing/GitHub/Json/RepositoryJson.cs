using System.Text.Json.Nodes;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Testing.GitHub.Json;

/// <summary>Repositories: <c>repository</c> and <c>full-repository</c> of the description.</summary>
internal static class RepositoryJson
{
    private static readonly string[] Links =
    [
        "archive", "assignees", "blobs", "branches", "collaborators", "comments", "commits", "compare", "contents", "contributors", "deployments", "downloads", "events", "forks",
        "git_commits", "git_refs", "git_tags", "hooks", "issue_comment", "issue_events", "issues", "keys", "labels", "languages", "merges", "milestones", "notifications", "pulls",
        "releases", "stargazers", "statuses", "subscribers", "subscription", "tags", "teams", "trees",
    ];

    public static JsonObject Render(FakeGitHub fake, FakeRepository repository)
    {
        string api = $"{fake.ApiUrl}/repos/{repository.FullName}";
        string web = $"{fake.Url}/{repository.FullName}";
        var json = new JsonObject
        {
            ["id"] = 42,
            ["node_id"] = "R_42",
            ["name"] = repository.Name,
            ["full_name"] = repository.FullName,
            ["owner"] = AccountJson.Simple(fake, repository.Owner),
            ["private"] = repository.IsPrivate,
            ["visibility"] = repository.IsPrivate ? "private" : "public",
            ["html_url"] = web,
            ["url"] = api,
            ["clone_url"] = web + ".git",
            ["git_url"] = web + ".git",
            ["ssh_url"] = $"git@localhost:{repository.FullName}.git",
            ["svn_url"] = web,
            ["default_branch"] = "main",
            ["created_at"] = "2020-01-01T00:00:00Z",
            ["updated_at"] = "2020-01-01T00:00:00Z",
            ["pushed_at"] = "2020-01-01T00:00:00Z",
        };
        foreach (string link in Links)
            json[link + "_url"] = $"{api}/{link}";
        foreach (string name in (string[])["description", "homepage", "language", "mirror_url", "license"])
            json[name] = null;
        foreach (string name in (string[])["fork", "has_pages", "archived", "disabled", "has_discussions"])
            json[name] = false;
        foreach (string name in (string[])["has_downloads", "has_issues", "has_projects", "has_wiki"])
            json[name] = true;
        foreach (string name in (string[])["forks", "forks_count", "open_issues", "open_issues_count", "size", "stargazers_count", "watchers", "watchers_count"])
            json[name] = 0;
        return json;
    }

    public static JsonObject Full(FakeGitHub fake, FakeRepository repository)
    {
        JsonObject json = Render(fake, repository);
        json["network_count"] = 0;
        json["subscribers_count"] = 0;
        return json;
    }
}
