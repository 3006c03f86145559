using CmlNet.Testing.OpenApi;

namespace CmlNet.Publishing.Tests.CodeHosts;

/// <summary>Every fake of a code host compares its exchanges with the vendor's description when it ends; these tests say where it cannot.</summary>
public sealed class OpenApiPackageTests
{
    [SkippableFact]
    public async Task GitHub_FromNpm_TellsRightFromWrong()
    {
        OpenApiDescription description = await DescriptionAsync(OpenApiPackage.GitHub);
        const string Comments = "/repos/{owner}/{repo}/issues/{issue_number}/comments";
        Assert.Empty(description.Check("GET", Comments, "", 200, "[]"));
        Assert.NotEmpty(description.Check("GET", Comments, "", 200, "{}"));
        Assert.NotEmpty(description.Check("POST", Comments, """{"text": "no body"}""", 403, "{}"));
        Assert.NotEmpty(description.Check("GET", "/no/such/path", "", 200, "{}"));
    }

    [SkippableFact]
    public async Task Gitea_FromNpm_TellsRightFromWrong()
    {
        OpenApiDescription description = await DescriptionAsync(OpenApiPackage.Gitea);
        string comments = Assert.IsType<string>(description.TemplateOf("/repos/team/iris/issues/5/comments"));
        Assert.Empty(description.Check("POST", comments, """{"body": "text"}""", 403, ""));
        Assert.NotEmpty(description.Check("POST", comments, """{"text": "no body"}""", 403, ""));
        Assert.NotEmpty(description.CheckQuery("GET", comments, ["limit"]));
        Assert.Null(description.TemplateOf("/repos/team/iris/no/such/path"));
    }

    [SkippableFact]
    public async Task Bitbucket_FromNpm_TellsRightFromWrong()
    {
        OpenApiDescription description = await DescriptionAsync(OpenApiPackage.Bitbucket);
        string requests = Assert.IsType<string>(description.TemplateOf("/repositories/team/iris/pullrequests"));
        Assert.Empty(description.CheckQuery("GET", requests, ["state"]));
        Assert.NotEmpty(description.CheckQuery("GET", "/repositories/{workspace}/{repo_slug}/commit/{commit}/pullrequests", ["state"]));
        Assert.Contains(description.Check("POST", requests, """{"type": "pullrequest", "title": 5}""", 400, """{"type": "error"}"""), error => error.Contains("$.title", StringComparison.Ordinal));
    }

    private static async Task<OpenApiDescription> DescriptionAsync(OpenApiPackage package)
    {
        OpenApiDescription? description = await package.GetAsync();
        Skip.If(description is null, "npm could not fetch the vendor's description of its API: no exchange with the fake was compared with it.");
        return description;
    }
}
