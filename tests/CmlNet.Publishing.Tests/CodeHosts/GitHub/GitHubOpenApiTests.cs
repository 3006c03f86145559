using CmlNet.Testing.GitHub;
using CmlNet.Testing.OpenApi;

namespace CmlNet.Publishing.Tests.CodeHosts.GitHub;

/// <summary>Every <see cref="FakeGitHub"/> compares its exchanges with GitHub's description when it ends; this test says where it cannot.</summary>
public sealed class GitHubOpenApiTests
{
    [SkippableFact]
    public async Task Description_FromNpm_TellsRightFromWrong()
    {
        OpenApiDescription? description = await GitHubOpenApi.GetAsync();
        Skip.If(description is null, "npm could not fetch GitHub's description of its API: no exchange with the fake was compared with it.");
        const string Comments = "/repos/{owner}/{repo}/issues/{issue_number}/comments";
        Assert.Empty(description.Check("GET", Comments, "", 200, "[]"));
        Assert.NotEmpty(description.Check("GET", Comments, "", 200, "{}"));
        Assert.NotEmpty(description.Check("POST", Comments, """{"text": "no body"}""", 403, "{}"));
        Assert.NotEmpty(description.Check("GET", "/no/such/path", "", 200, "{}"));
    }
}
