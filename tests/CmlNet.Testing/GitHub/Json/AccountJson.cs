using System.Text.Json.Nodes;

namespace CmlNet.Testing.GitHub.Json;

/// <summary>Users and bots.</summary>
internal static class AccountJson
{
    private static readonly string[] Links = ["followers", "following", "gists", "starred", "subscriptions", "organizations", "repos", "events", "received_events"];

    public static JsonObject Simple(FakeGitHub fake, string login)
    {
        string url = $"{fake.ApiUrl}/users/{Uri.EscapeDataString(login)}";
        bool isBot = login.EndsWith("[bot]", StringComparison.Ordinal);
        var account = new JsonObject
        {
            ["login"] = login,
            ["id"] = Id(login),
            ["node_id"] = $"U_{Id(login)}",
            ["avatar_url"] = $"{fake.Url}/avatars/{Id(login)}",
            ["gravatar_id"] = "",
            ["url"] = url,
            ["html_url"] = $"{fake.Url}/{Uri.EscapeDataString(login)}",
            ["type"] = isBot ? "Bot" : "User",
            ["site_admin"] = false,
            ["user_view_type"] = "public",
        };
        foreach (string link in Links)
            account[link + "_url"] = link == "organizations" ? $"{url}/orgs" : $"{url}/{link}";
        return account;
    }

    public static JsonObject Full(FakeGitHub fake, string login)
    {
        JsonObject account = Simple(fake, login);
        foreach (string name in (string[])["name", "company", "blog", "location", "email", "hireable", "bio", "twitter_username"])
            account[name] = null;
        foreach (string name in (string[])["public_repos", "public_gists", "followers", "following"])
            account[name] = 1;
        account["created_at"] = "2020-01-01T00:00:00Z";
        account["updated_at"] = "2020-01-01T00:00:00Z";
        return account;
    }

    private static int Id(string login) => login.Aggregate(17, static (id, c) => ((id * 31) + c) & 0xFFFFFF);
}
