using System.Diagnostics;
using CmlNet.Publishing.Detection;

namespace CmlNet.Publishing.Tests.Detection;

public sealed class ContextDetectorTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Theory]
    [InlineData("https://github.com/o/r", "https://github.com/o/r", "https://api.github.com/")]
    [InlineData("https://github.com/o/r.git", "https://github.com/o/r", "https://api.github.com/")]
    [InlineData("https://user:secret@github.com/o/r.git/", "https://github.com/o/r", "https://api.github.com/")]
    [InlineData("git@github.com:o/r.git", "https://github.com/o/r", "https://api.github.com/")]
    [InlineData("ssh://git@ghe.example:2222/o/r.git", "https://ghe.example/o/r", "https://ghe.example/api/v3/")]
    [InlineData("http://localhost:8080/o/r", "http://localhost:8080/o/r", "http://localhost:8080/api/v3/")]
    [InlineData("o/r", "https://github.com/o/r", "https://api.github.com/")]
    public void Detect_RepositorySpellings_AreOne(string given, string repository, string api)
    {
        PublishingContext context = Detect(new() { ["GITHUB_REPOSITORY"] = "x/y" }, repository: given);
        Assert.Equal((repository, api, "github"), (context.Repository!.AbsoluteUri.TrimEnd('/'), context.ApiBase!.AbsoluteUri, context.Driver));
    }

    [Theory]
    [InlineData("http://10.0.0.1:3000", "http://10.0.0.1:3000/api/v3", "http://10.0.0.1:3000/o/r", "http://10.0.0.1:3000/api/v3/")]
    [InlineData("http://10.0.0.1:3000", "http://10.0.0.1:3001", "http://10.0.0.1:3000/o/r", "http://10.0.0.1:3001/")]
    [InlineData("https://github.com", "https://api.github.com", "https://ghe.example/o/r", "https://ghe.example/api/v3/")]
    [InlineData("http://10.0.0.1:3000", "http://10.0.0.1:3000/api/v3", "https://github.com/o/r", "https://api.github.com/")]
    public void Detect_ApiUrl_CountsOnlyForItsOwnServer(string server, string api, string repository, string expected)
    {
        PublishingContext context = Detect(new() { ["GITHUB_SERVER_URL"] = server, ["GITHUB_API_URL"] = api, ["GITHUB_REPOSITORY"] = "x/y" }, repository: repository);
        Assert.Equal(expected, context.ApiBase!.AbsoluteUri);
    }

    [Fact]
    public void Detect_Token_FollowsCmlsOrder()
    {
        string[] order = ["CML_TOKEN", "CML_DRIVER_TOKEN", "REPO_TOKEN", "repo_token", "GITHUB_TOKEN", "GITLAB_TOKEN", "BITBUCKET_TOKEN"];
        for (int i = 0; i < order.Length; i++)
        {
            var environment = order.Skip(i).ToDictionary(n => n, n => "value-of-" + n, StringComparer.Ordinal);
            Assert.Equal("value-of-" + order[i], Detect(environment, repository: "https://github.com/o/r").Token);
        }
    }

    [Fact]
    public void Detect_ContextAsText_HoldsNoToken() =>
        Assert.DoesNotContain("s3cret", Detect(new() { ["GITHUB_TOKEN"] = "s3cret" }, repository: "https://github.com/o/r").ToString(), StringComparison.Ordinal);

    [Fact]
    public void Detect_TokenWithLineBreakInside_IsRefusedWithoutShowingIt()
    {
        PublishingException e = Assert.Throws<PublishingException>(() => Detect(new() { ["GITHUB_TOKEN"] = "abc\ndef" }, repository: "https://github.com/o/r"));
        Assert.DoesNotContain("def", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refs/heads/a/b", null, "a/b")]
    [InlineData("refs/tags/v1", null, "v1")]
    [InlineData("refs/pull/5/merge", "topic", "topic")]
    public void Detect_Branch_PrefersTheHead(string reference, string? head, string expected)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["GITHUB_REF"] = reference };
        if (head is not null)
            environment["GITHUB_HEAD_REF"] = head;
        Assert.Equal(expected, Detect(environment, repository: "https://github.com/o/r").Branch);
    }

    [Fact]
    public void Detect_PullRequestEventWithoutPayload_SaysWhatToDo()
    {
        PublishingException e = Assert.Throws<PublishingException>(() => Detect(new() { ["GITHUB_EVENT_NAME"] = "pull_request" }, repository: "https://github.com/o/r"));
        Assert.Contains("GITHUB_EVENT_PATH", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pull_request", "mona/r", true)]
    [InlineData("pull_request_review", "mona/r", true)]
    [InlineData("pull_request_review_comment", "mona/r", true)]
    [InlineData("pull_request_review", "o/r", false)]
    [InlineData("pull_request_target", "mona/r", false)]
    public void Detect_EventOfAFork_MayReadOnly(string name, string head, bool isReadOnly)
    {
        string path = _directory.WriteText("event.json", """{"pull_request":{"number":5,"head":{"sha":"def","repo":{"full_name":"HEAD"}},"base":{"repo":{"full_name":"o/r"}}}}""".Replace("HEAD", head, StringComparison.Ordinal));
        PublishingContext context = Detect(new() { ["GITHUB_EVENT_NAME"] = name, ["GITHUB_EVENT_PATH"] = path, ["GITHUB_SHA"] = "abc", ["GITHUB_TOKEN"] = "t0ken" }, repository: "https://github.com/o/r");
        Assert.Equal((isReadOnly, 5), (context.IsReadOnly, context.PullRequest));
        // The merge commit is not what a workflow_run job knows the pull request by.
        Assert.Equal(name == "pull_request_target" ? "abc" : "def", context.HeadSha ?? context.Sha);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"pull_request":5}""")]
    [InlineData("""{"pull_request":{"number":-5,"head":{"sha":7}}}""")]
    [InlineData("""{"pull_request":{"number":1e99,"head":[]}}""")]
    public void Detect_MalformedPayload_KnowsNoPullRequest(string payload)
    {
        string path = _directory.Write("event.json", System.Text.Encoding.UTF8.GetBytes(payload));
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["GITHUB_EVENT_NAME"] = "pull_request_target", ["GITHUB_EVENT_PATH"] = path, ["GITHUB_SHA"] = "abc" };
        PublishingContext context = Detect(environment, repository: "https://github.com/o/r");
        Assert.Equal((null, "abc"), (context.PullRequest, context.Sha));
    }

    [Fact]
    public void Detect_InAClone_ReadsRemoteAndHead()
    {
        Git("init", "-q");
        Git("remote", "add", "origin", "https://me:pw@github.com/o/r.git");
        Git("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-q", "--allow-empty", "-m", "x");
        Directory.CreateDirectory(Path.Combine(_directory.Path, "deep", "er"));
        using var services = new PublishingServices(
            new PublishingOptions { WorkingDirectory = Path.Combine(_directory.Path, "deep", "er") }, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        Assert.Equal(("https://github.com/o/r", _directory.Path), (services.Context.Repository!.AbsoluteUri, services.Context.WorkTree));
        Assert.Matches("^[0-9a-f]{40}$", services.Context.Sha);
    }

    [Theory]
    [InlineData("https://gitlab.com/o/r", "gitlab")]
    [InlineData("https://bitbucket.org/o/r", "bitbucket")]
    [InlineData("https://codeberg.org/o/r", "gitea")]
    public void OpenCodeHost_KnownServer_IsItsHost(string repository, string name)
    {
        using var services = new PublishingServices(new PublishingOptions { WorkingDirectory = _directory.Path, Repository = repository, Token = "t0ken" }, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        Assert.Equal(name, services.OpenCodeHost().Name);
    }

    [Fact]
    public void OpenCodeHost_NoneOfThatName_NamesTheOnesThereAre()
    {
        using var services = new PublishingServices(new PublishingOptions { WorkingDirectory = _directory.Path, Repository = "https://dev.azure.com/o/r", Driver = "azure", Token = "t0ken" }, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        PublishingException e = Assert.Throws<PublishingException>(services.OpenCodeHost);
        Assert.Equal("there is no code host 'azure'; known are: github, gitlab, gitea, bitbucket, local", e.Message);
    }

    [Fact]
    public void OpenCodeHost_BitbucketServer_IsSaidNotToBeSupported()
    {
        using var services = new PublishingServices(new PublishingOptions { WorkingDirectory = _directory.Path, Repository = "https://bitbucket.example/o/r", Driver = "bitbucket", Token = "t0ken" }, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        Assert.Contains("is not on bitbucket.org", Assert.Throws<PublishingException>(services.OpenCodeHost).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_UnknownServer_SaysDriverNotSet()
    {
        PublishingException e = Assert.Throws<PublishingException>(() => Detect([], repository: "https://git.example/o/r"));
        Assert.StartsWith("driver not set", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_LocalHostSet_GoesBeforeTheConfiguredDriverButNotTheChosenOne()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["CML_LOCAL_HOST"] = "/tmp/x" };
        Assert.Equal("local", Detect(environment, repository: null).Driver);
        Assert.Equal("github", Detect(environment, repository: "https://github.com/o/r", driver: "github").Driver);
    }

    public void Dispose() => _directory.Dispose();

    private PublishingContext Detect(Dictionary<string, string> environment, string? repository, string? driver = null)
    {
        using var services = new PublishingServices(
            new PublishingOptions { Environment = environment, WorkingDirectory = _directory.Path, Repository = repository, Driver = driver, DefaultDriver = driver is null ? null : "local" },
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        return services.Context;
    }

    private void Git(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _directory.Path, UseShellExecute = false })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
