using System.Globalization;
using System.Text.Json.Nodes;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Testing.GitHub.Json;

/// <summary>Check runs: <c>check-run</c> of the description.</summary>
internal static class CheckJson
{
    public static JsonNode Render(FakeGitHub fake, FakeRepository repository, FakeCheckRun check)
    {
        string api = $"{fake.ApiUrl}/repos/{repository.FullName}/check-runs/{check.Id}";
        return new JsonObject
        {
            ["id"] = check.Id,
            ["node_id"] = $"CR_{check.Id}",
            ["head_sha"] = check.HeadSha,
            ["external_id"] = check.ExternalId ?? "",
            ["url"] = api,
            ["html_url"] = $"{fake.Url}/{repository.FullName}/runs/{check.Id}",
            ["details_url"] = check.DetailsUrl ?? fake.Url,
            ["status"] = check.Status,
            ["conclusion"] = check.Conclusion,
            ["started_at"] = WholeSeconds(check.StartedAt),
            ["completed_at"] = WholeSeconds(check.CompletedAt),
            ["output"] = new JsonObject
            {
                ["title"] = check.Output["title"]?.DeepClone(),
                ["summary"] = check.Output["summary"]?.DeepClone(),
                ["text"] = check.Output["text"]?.DeepClone(),
                ["annotations_count"] = check.Annotations.Count,
                ["annotations_url"] = api + "/annotations",
            },
            ["name"] = check.Name,
            ["check_suite"] = new JsonObject { ["id"] = 7 },
            ["app"] = null,
            ["pull_requests"] = new JsonArray(),
        };
    }

    private static string? WholeSeconds(string? time) =>
        time is null ? null : Moment.Render(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture));
}
