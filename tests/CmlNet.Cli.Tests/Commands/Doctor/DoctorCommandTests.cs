using CmlNet.Cli.Tests.Compatibility;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Cli.Tests.Commands.Doctor;

public sealed class DoctorCommandTests
{
    [Fact]
    public async Task Doctor_JobOnGitHub_TellsWhatItSeesAndChangesNothing()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = DropInRun.On(gitHub);
        Assert.Equal(0, await run.CmlAsync("doctor"));
        Assert.Equal(
            $"""
            ok    code host:    github, API at {gitHub.ApiUrl}/
            ok    repository:   {gitHub.Url}/o/r
            ok    commit:       {DropInRun.Sha}
            ok    token:        of the App github-actions[bot]
            ok    visibility:   public
            ok    permissions:  a job's token does not tell what it may write; the job needs 'pull-requests: write' for comments, 'contents: write' for images, 'checks: write' for check runs
            ok    rate limit:   4999 of 5000 requests are left until 00:00 UTC
            ok    comment:      would go to pr/5, at most 262144 bytes in one
            ok    images:       would go to the store 'ref': the repository is public, and no asset server or bucket is configured
            ok    job summary:  none: this is no step of a workflow

            """,
            run.Output);
        Assert.All(gitHub.Exchanges, e => Assert.True(e.Method == "GET" || e.RequestBody.Contains("query{viewer", StringComparison.Ordinal), e.ToString()));
    }

    [Fact]
    public async Task Doctor_WrongToken_SaysWhatWouldFailAndAnswersOne()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = DropInRun.On(gitHub);
        run.Environment["GITHUB_TOKEN"] = "expired-token";
        Assert.Equal(1, await run.CmlAsync("doctor", "--json"));
        Assert.Contains("""{"level":"fail","subject":"token","text":"GET /api/v3/repos/o/r on""", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("expired-token", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_TokenOfAPersonWhoMayRead_IsAFailure()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = DropInRun.On(gitHub);
        gitHub.Tokens["ghs_secret"] = new FakeToken { Login = "mona", IsInstallation = false };
        await run.CmlAsync("doctor");
        Assert.Contains("of mona, a person", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fail  surroundings: the repository is not known")]
    public async Task Doctor_Nowhere_SaysWhatIsMissing(string expected)
    {
        using var run = new DropInRun();
        Assert.Equal(1, await run.CmlAsync("doctor"));
        Assert.StartsWith(expected, run.Output, StringComparison.Ordinal);
    }
}
