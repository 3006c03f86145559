using CmlNet.Workflows.Execution.Events;

namespace CmlNet.Workflows.Tests.Execution.Events;

public sealed class GitStateReaderTests
{
    [Fact]
    public async Task Read_BranchWithRemote_TellsAll()
    {
        using var repository = new TemporaryRepository();
        repository.Commit("First\n\nBody.", ("train.py", "1"), ("old.py", "1"));
        repository.Git("remote", "add", "upstream", "https://github.com/other/fork.git");
        repository.Git("remote", "add", "origin", "git@ghes.example.com:octo/hello.git");
        string mergeBase = repository.Git("rev-parse", "HEAD");
        repository.Git("checkout", "--quiet", "-b", "feature/é x".Replace(' ', '-'));
        repository.Commit("Second", ("train.py", "2"), ("old.py", null), ("data/ünïcode.csv", "a"));

        GitState state = await GitStateReader.ReadAsync(repository.Root, "origin", null, CancellationToken.None);

        Assert.True(state.IsRepository);
        Assert.Equal("https://ghes.example.com octo/hello", $"{state.ServerUrl} {state.FullName}");
        Assert.Equal("https://ghes.example.com/api/v3 https://ghes.example.com/api/graphql", $"{state.ApiUrl} {state.GraphqlUrl}");
        Assert.Equal("feature/é-x", state.Branch);
        Assert.Null(state.Tag);
        Assert.Equal("main", state.DefaultBranch);
        Assert.Equal(mergeBase, state.MergeBase);
        Assert.Equal(repository.Git("rev-parse", "HEAD"), state.HeadSha);
        Assert.Equal([mergeBase], state.Head!.ParentShas);
        Assert.Equal("Second", state.Head.Message);
        Assert.Equal(["data/ünïcode.csv"], state.Head.Added);
        Assert.Equal(["old.py"], state.Head.Removed);
        Assert.Equal(["train.py"], state.Head.Modified);
        Assert.Equal("ada-lovelace ada@example.com", $"{state.User} {state.UserEmail}");
    }

    [Fact]
    public async Task Read_BaseBranchGiven_IsWhatTheMergeBaseIsTakenWith()
    {
        using var repository = new TemporaryRepository();
        repository.Commit("First", ("a", "1"));
        repository.Git("checkout", "--quiet", "-b", "release/1");
        repository.Commit("Second", ("a", "2"));
        string expected = repository.Git("rev-parse", "HEAD");
        repository.Git("checkout", "--quiet", "-b", "fix");
        repository.Commit("Third", ("a", "3"));

        Assert.Equal(expected, (await GitStateReader.ReadAsync(repository.Root, "origin", "release/1", CancellationToken.None)).MergeBase);
        Assert.Null((await GitStateReader.ReadAsync(repository.Root, "origin", "nowhere", CancellationToken.None)).MergeBase);
    }

    [Fact]
    public async Task Read_DetachedHeadOnATag_NamesTheTag()
    {
        using var repository = new TemporaryRepository();
        repository.Commit("First", ("a", "1"));
        repository.Git("tag", "v1.0");
        repository.Git("checkout", "--quiet", "--detach");

        GitState state = await GitStateReader.ReadAsync(repository.Root, "origin", null, CancellationToken.None);

        Assert.Null(state.Branch);
        Assert.Equal("v1.0", state.Tag);
        Assert.Equal("local/hello", state.FullName);
    }

    [Fact]
    public async Task Read_RemoteHead_IsTheDefaultBranch()
    {
        using var repository = new TemporaryRepository();
        repository.Commit("First", ("a", "1"));
        repository.Git("update-ref", "refs/remotes/origin/trunk", "HEAD");
        repository.Git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");

        Assert.Equal("trunk", (await GitStateReader.ReadAsync(repository.Root, "origin", null, CancellationToken.None)).DefaultBranch);
    }

    [Fact]
    public async Task Read_SubdirectoryOfARepositoryWithoutCommits_HasNoHead()
    {
        using var repository = new TemporaryRepository("my repo!");
        string inner = Directory.CreateDirectory(Path.Combine(repository.Root, "sub")).FullName;

        GitState state = await GitStateReader.ReadAsync(inner, "origin", null, CancellationToken.None);

        Assert.Equal("local/my-repo main", $"{state.FullName} {state.Branch}");
        Assert.Equal(GitState.ZeroSha, state.HeadSha);
        Assert.Null(state.MergeBase);
    }

    [Theory]
    [InlineData("github.user", "octocat", "octocat")]
    [InlineData("user.email", "123+hubot@users.noreply.github.com", "hubot")]
    [InlineData("user.email", "hubot@users.noreply.github.com", "hubot")]
    [InlineData("user.name", "Éric", "ric")]
    public async Task Read_User_LooksLikeALogin(string key, string value, string expected)
    {
        using var repository = new TemporaryRepository();
        repository.Git("config", key, value);

        Assert.Equal(expected, (await GitStateReader.ReadAsync(repository.Root, "origin", null, CancellationToken.None)).User);
    }

    [Fact]
    public async Task Read_NoRepository_FallsBackToTheDirectory()
    {
        string directory = Directory.CreateTempSubdirectory("cml-plain-").FullName;
        try
        {
            GitState state = await GitStateReader.ReadAsync(directory, "origin", null, CancellationToken.None);

            Assert.False(state.IsRepository);
            Assert.Equal("local", state.Owner);
            Assert.Equal(Path.GetFileName(directory), state.Name);
            Assert.Equal(GitState.ZeroSha, state.HeadSha);
        }
        finally
        {
            Directory.Delete(directory);
        }
    }

    [Theory]
    [InlineData("https://github.com", "https://api.github.com", "https://api.github.com/graphql")]
    [InlineData("https://acme.ghe.com", "https://api.acme.ghe.com", "https://api.acme.ghe.com/graphql")]
    [InlineData("http://ghes:8080", "http://ghes:8080/api/v3", "http://ghes:8080/api/graphql")]
    public void ApiUrl_Server_FollowsGitHubsNaming(string server, string api, string graphql)
    {
        var state = new GitState { Owner = "o", Name = "n", Root = "/", ServerUrl = server };

        Assert.Equal((api, graphql), (state.ApiUrl, state.GraphqlUrl));
    }
}
