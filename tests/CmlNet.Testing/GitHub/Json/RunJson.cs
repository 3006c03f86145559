using System.Text.Json.Nodes;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Testing.GitHub.Json;

/// <summary><c>workflow-run</c> of the description.</summary>
internal static class RunJson
{
    public static JsonObject Render(FakeGitHub fake, FakeRepository repository, FakeRun run)
    {
        string api = $"{fake.ApiUrl}/repos/{repository.FullName}";
        string self = FormattableString.Invariant($"{api}/actions/runs/{run.Id}");
        var json = new JsonObject
        {
            ["id"] = run.Id,
            ["node_id"] = FormattableString.Invariant($"WFR_{run.Id}"),
            ["head_branch"] = "main",
            ["head_sha"] = new string('a', 40),
            ["run_number"] = 1,
            ["run_attempt"] = run.Attempt,
            ["display_title"] = "Train",
            ["path"] = ".github/workflows/train.yml",
            ["event"] = "push",
            ["status"] = run.Status,
            ["conclusion"] = run.Status == "completed" ? "success" : null,
            ["workflow_id"] = 7,
            ["url"] = self,
            ["html_url"] = FormattableString.Invariant($"{fake.Url}/{repository.FullName}/actions/runs/{run.Id}"),
            ["created_at"] = "2026-01-02T03:04:05Z",
            ["updated_at"] = "2026-01-02T03:04:05Z",
            ["pull_requests"] = new JsonArray(),
            ["head_commit"] = null,
            ["head_repository"] = RepositoryJson.Render(fake, repository),
            ["repository"] = RepositoryJson.Render(fake, repository),
            ["check_suite_url"] = $"{api}/check-suites/1",
            ["workflow_url"] = $"{api}/actions/workflows/7",
        };
        foreach (string name in (string[])["jobs", "logs", "cancel", "rerun", "artifacts"])
            json[name + "_url"] = $"{self}/{name}";
        return json;
    }
}
