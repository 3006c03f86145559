using System.Text.Json.Nodes;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Testing.GitHub.Json;

/// <summary>Commit statuses: <c>status</c> of the description.</summary>
internal static class StatusJson
{
    public static JsonNode Render(FakeGitHub fake, FakeRepository repository, FakeStatus status, long id) => new JsonObject
    {
        ["url"] = $"{fake.ApiUrl}/repos/{repository.FullName}/statuses/{status.Sha}",
        ["avatar_url"] = null,
        ["id"] = id,
        ["node_id"] = $"SC_{id}",
        ["state"] = status.State,
        ["description"] = status.Description,
        ["target_url"] = status.TargetUrl,
        ["context"] = status.Context,
        ["created_at"] = Moment.Render(fake.Time.GetUtcNow()),
        ["updated_at"] = Moment.Render(fake.Time.GetUtcNow()),
        ["creator"] = AccountJson.Simple(fake, "github-actions[bot]"),
    };
}
