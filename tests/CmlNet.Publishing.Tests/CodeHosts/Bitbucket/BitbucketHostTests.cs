using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.CodeHosts.Bitbucket;
using CmlNet.Publishing.Comments;
using CmlNet.Publishing.Detection;
using CmlNet.Publishing.Tests.CodeHosts.GitLab;
using CmlNet.Testing.Bitbucket;
using CmlNet.Testing.GitHub;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Publishing.Tests.CodeHosts.Bitbucket;

public sealed class BitbucketHostTests : IAsyncLifetime, IDisposable
{
    private const string Head = "1111111111111111111111111111111111111111";
    private const string Self = "{self}";
    private const string Account = "olivaw:app-password";

    private readonly TemporaryDirectory _directory = new();
    private FakeBitbucket? _bitbucket;

    private FakeBitbucket Bitbucket => _bitbucket!; // started before each test

    private string Token { get; set; } = Convert.ToBase64String(Encoding.UTF8.GetBytes(Account));

    public async Task InitializeAsync()
    {
        _bitbucket = await FakeBitbucket.StartAsync();
        Bitbucket.Accounts[Account] = Self;
        Bitbucket.AddPullRequest(5, Head);
    }

    public async Task DisposeAsync()
    {
        Assert.True(Bitbucket.Violations.IsEmpty, string.Join('\n', Bitbucket.Violations));
        await Bitbucket.DisposeAsync();
    }

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("pr/5", "pullrequests/5")]
    [InlineData("commit", "commit/" + Head)]
    [InlineData("issue/2", "issues/2")]
    [InlineData("auto", "pullrequests/5")]
    public async Task Comment_Target_IsPostedThenUpdatedThenDeleted(string target, string place)
    {
        Comment first = await PublishAsync("one", target);
        Assert.Equal(place, Assert.Single(Bitbucket.Comments).Place);
        Assert.EndsWith("#comment-" + first.Id, first.Url, StringComparison.Ordinal);
        await PublishAsync("two", target, isUpdate: true);
        Assert.StartsWith("two", Raw(Assert.Single(Bitbucket.Comments).Json), StringComparison.Ordinal);
        using PublishingServices services = Services();
        Assert.Equal(1, await services.OpenCommentPublisher(_directory.Path).DeleteAsync(new CommentRequest { Report = "", Target = target }));
        // What is deleted stays in the list.
        await PublishAsync("three", target, isUpdate: true);
        Assert.Equal(2, Bitbucket.Comments.Count);
    }

    [Fact]
    public async Task Update_OnTheThirdPage_FindsTheNewestOwnComment()
    {
        string body = "old\n\n" + Watermark.Render("", Head);
        for (int i = 0; i < 205; i++)
            Bitbucket.AddComment("pullrequests/5", "chat", "{mona}");
        JsonObject newest = Bitbucket.AddComment("pullrequests/5", body, Self);
        JsonObject others = Bitbucket.AddComment("pullrequests/5", body, "{mona}");
        await PublishAsync("new", "pr/5", isUpdate: true);
        Assert.StartsWith("new", Raw(newest), StringComparison.Ordinal);
        Assert.Equal(body, Raw(others));
    }

    [Fact]
    public async Task Comment_NoCommitIndex_FindsThePullRequestByItsHead()
    {
        Bitbucket.HasCommitIndex = false;
        await PublishAsync("one", "pr");
        Assert.Equal("pullrequests/5", Assert.Single(Bitbucket.Comments).Place);
    }

    [Theory]
    [MemberData(nameof(GitLabFaultTests.Faults), MemberType = typeof(GitLabFaultTests))]
    public async Task Create_Fault_LeavesOneComment(FaultKind kind, int status)
    {
        Bitbucket.Faults.Add(new Fault { Kind = kind, Status = status, PathEnd = "/comments", Times = 2 });
        Comment comment = await PublishAsync("report", "pr/5");
        Assert.Equal(comment.Body, Raw(Assert.Single(Bitbucket.Comments).Json));
    }

    [Theory]
    [MemberData(nameof(GitLabFaultTests.Faults), MemberType = typeof(GitLabFaultTests))]
    public async Task Open_Fault_LeavesOnePullRequestWhichIsThenMerged(FaultKind kind, int status)
    {
        Bitbucket.Faults.Add(new Fault { Kind = kind, Status = status, PathEnd = "/pullrequests", Times = 2 });
        Bitbucket.Faults.Add(new Fault { Kind = kind, Status = status, PathEnd = "/merge", Times = 2 });
        using PublishingServices services = Services();
        IPullRequestHost host = services.OpenCodeHost().Require<IPullRequestHost>("pull requests");
        PullRequest opened = await host.CreatePullRequestAsync(new NewPullRequest { Source = "a", Target = "main", Title = "t", Body = "b" });
        Assert.Equal((6, "https://bitbucket.org/team/iris/pull-requests/6", 2), (opened.Number, opened.Url, Bitbucket.PullRequests.Count));
        Assert.NotNull(await host.MergePullRequestAsync(opened, MergeMethod.Squash));
        Assert.Equal(("MERGED", "squash"), (Bitbucket.PullRequests[1]["state"]!.GetValue<string>(), Bitbucket.PullRequests[1]["strategy"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Comment_LocalImage_IsAmongTheDownloadsOnce()
    {
        _directory.Write("plot.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray());
        await PublishAsync("![a](plot.svg)", "pr/5");
        await PublishAsync("![a](plot.svg)", "pr/5", isUpdate: true);
        string name = Assert.Single(Bitbucket.Downloads).Key;
        Assert.Matches("^cml-[0-9a-f]{64}$", name);
        Assert.StartsWith($"![a]({Bitbucket.Url}/team/iris/downloads/{name})", Raw(Assert.Single(Bitbucket.Comments).Json), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comment_LongerThanOneMayBe_IsPostedInParts()
    {
        await PublishAsync(string.Concat(Enumerable.Repeat(new string('x', 99) + "\n\n", 500)), "pr/5");
        Assert.Equal(2, Bitbucket.Comments.Count);
    }

    [Theory]
    [InlineData("cml", "failure", "cml", "FAILED")]
    [InlineData("a context that is longer than forty characters", "success", null, "SUCCESSFUL")]
    public async Task Status_State_IsBitbuckets(string context, string state, string? key, string expected)
    {
        using PublishingServices services = Services();
        await services.OpenCodeHost().Require<IStatusHost>("statuses").SetStatusAsync(new CommitStatus { Sha = Head, State = state, Context = context });
        (string shown, JsonObject status) = Assert.Single(Bitbucket.Statuses);
        Assert.Equal((key ?? shown, expected, context), (shown, status["state"]!.GetValue<string>(), status["name"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(Account, Account)]
    [InlineData("ATCTT3xFfGN0-access=1234", "ATCTT3xFfGN0-access=1234")]
    [InlineData("YWNjZXNzLXRva2Vu", "YWNjZXNzLXRva2Vu")]
    public async Task Token_InAnyForm_IsUnderstood(string token, string account)
    {
        Token = token;
        Bitbucket.Accounts[account] = Self;
        await PublishAsync("one", "pr/5");
        Assert.Single(Bitbucket.Comments);
    }

    [Fact]
    public void Token_ForGit_IsAPair()
    {
        Assert.Equal(Account, BitbucketToken.ForGit(Token));
        Assert.Equal("x-token-auth:ATCTT3x", BitbucketToken.ForGit("ATCTT3x"));
    }

    [Fact]
    public async Task Token_Wrong_IsNotShown()
    {
        Token = Convert.ToBase64String("olivaw:wrong-password"u8);
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => PublishAsync("one", "pr/5"));
        Assert.Contains("Token is invalid", e.Message, StringComparison.Ordinal);
        Assert.Contains("'user:app-password' in base64", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-password", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bitbucket", "b2xpdmF3OmFwcDpwYXNzd29yZA==", "olivaw", "app:password")]
    [InlineData("bitbucket", "olivaw:app-password", "olivaw", "app-password")]
    [InlineData("bitbucket", "ATCTT3xFfGN0", "x-token-auth", "ATCTT3xFfGN0")]
    [InlineData("gitlab", "glpat-123456", "gitlab-ci-token", "glpat-123456")]
    [InlineData("gitea", "0123456789abcdef", "x-access-token", "0123456789abcdef")]
    public async Task Prepare_Clone_LetsGitAskForTheVariablesCredentials(string driver, string token, string user, string password)
    {
        Git("", null, "init", ".");
        Git("", null, "remote", "add", "origin", "https://code.example/team/iris.git");
        using var services = new PublishingServices(
            new PublishingOptions
            {
                WorkingDirectory = _directory.Path,
                Context = new PublishingContext { Driver = driver, Repository = new Uri("https://code.example/team/iris"), ApiBase = new Uri("https://code.example/"), Token = token, WorkTree = _directory.Path },
            },
            NullLogger.Instance);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["REPO_TOKEN"] = token };
        await services.OpenRepositoryPreparer().PrepareAsync(Publishing.PullRequests.GitIdentity.Default, fetchDepth: null, environment);
        string answer = Git("protocol=https\nhost=code.example\n\n", token, "credential", "fill");
        Assert.Contains($"username={user}\npassword={password}\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(token, File.ReadAllText(Path.Combine(_directory.Path, ".git", "config")), StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_Pipeline_TellsCommitBranchAndPullRequest()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["BITBUCKET_COMMIT"] = Head, ["BITBUCKET_BRANCH"] = "topic", ["BITBUCKET_PR_ID"] = "5", ["BITBUCKET_BUILD_NUMBER"] = "8", ["BITBUCKET_TOKEN"] = Token, ["BITBUCKET_GIT_HTTP_ORIGIN"] = "http://bitbucket.org/team/iris" };
        using var services = new PublishingServices(new PublishingOptions { WorkingDirectory = _directory.Path, Environment = environment }, NullLogger.Instance);
        PublishingContext context = services.Context;
        Assert.Equal(("bitbucket", Head, "topic", 5, "8", "https://api.bitbucket.org/2.0/"), (context.Driver, context.Sha, context.Branch, context.PullRequest, context.RunId, context.ApiBase!.AbsoluteUri));
    }

    private string Git(string input, string? token, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = _directory.Path, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["REPO_TOKEN"] = token;
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        using Process process = Process.Start(start)!; // git is there
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static string Raw(JsonObject comment) => comment["content"]!["raw"]!.GetValue<string>();

    private PublishingServices Services() => new(
        new PublishingOptions
        {
            WorkingDirectory = _directory.Path,
            Context = new PublishingContext { Driver = "bitbucket", Repository = new Uri(Bitbucket.Url + "/team/iris"), ApiBase = new Uri(Bitbucket.Url + "/2.0/"), Token = Token, Sha = Head },
        },
        NullLogger.Instance)
    {
        Retries = new() { FirstDelay = TimeSpan.FromMilliseconds(1) },
    };

    private async Task<Comment> PublishAsync(string report, string target, bool isUpdate = false)
    {
        using PublishingServices services = Services();
        return await services.OpenCommentPublisher(_directory.Path).PublishAsync(new CommentRequest { Report = report, Target = target, IsUpdate = isUpdate });
    }
}
