using CmlNet.Testing.GitHub.Endpoints;
using CmlNet.Testing.OpenApi;

namespace CmlNet.Testing.GitHub;

/// <summary>What <see cref="FakeGitHub"/> has heard and said, against GitHub's own description of its API.</summary>
public static class GitHubOpenApi
{
    /// <summary>What is wrong with the exchanges of a fake; answers made up by faults are left out.</summary>
    public static IReadOnlyList<string> Check(OpenApiDescription description, FakeGitHub fake) =>
    [
        .. fake.Exchanges.Where(e => !e.IsFault && !IsUndescribed(e.Template, e.Status) && e.Template != GraphEndpoints.Path && e.Template != ReleaseEndpoints.AttachmentPath)
            .SelectMany(e => e.Template is null ? [$"{e} has no endpoint"] : description.Check(e.Method, e.Template, e.RequestBody, e.Status, e.ResponseBody)),
    ];

    // "No commit found for SHA": GitHub's own answer, which the description leaves out.
    private static bool IsUndescribed(string? template, int status) => status == 422 && template == "/repos/{owner}/{repo}/commits/{commit_sha}/pulls";
}
