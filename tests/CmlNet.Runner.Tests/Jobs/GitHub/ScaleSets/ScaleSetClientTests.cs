using System.Net;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Jobs.GitHub.ScaleSets;
using CmlNet.Testing.Actions.State;
using CmlNet.Testing.GitHub;

namespace CmlNet.Runner.Tests.Jobs.GitHub.ScaleSets;

public sealed class ScaleSetClientTests
{
    [Fact]
    public async Task Ensure_CalledTwice_CreatesOneScaleSet()
    {
        await using ActionsScene scene = await ActionsScene.StartAsync();
        ScaleSet first = await scene.Client("gpu1", "default", "gpu1", "cuda").EnsureAsync(CancellationToken.None);
        ScaleSet second = await scene.Client("gpu1", "Default", "gpu1", "cuda").EnsureAsync(CancellationToken.None);
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(["gpu1", "cuda"], Assert.Single(scene.Service.State.ScaleSets).Labels);
    }

    // Labels are taken when a scale set is made, and never again: whoever changes them in the file must know.
    [Fact]
    public async Task Ensure_ScaleSetHasOtherLabels_SaysWhichHold()
    {
        await using ActionsScene scene = await ActionsScene.StartAsync();
        using var log = new LogLines();
        await scene.Client(log, "gpu1", "default", "gpu1", "cuda").EnsureAsync(CancellationToken.None);
        await scene.Client(log, "gpu1", "default", "CUDA", "gpu1").EnsureAsync(CancellationToken.None);
        Assert.Empty(log.All);
        await scene.Client(log, "gpu1", "default", "gpu1", "rocm").EnsureAsync(CancellationToken.None);
        await scene.Client(log, "gpu1", "default", "gpu1").EnsureAsync(CancellationToken.None);
        Assert.Equal((1, 1), (log.Count("takes jobs for the labels gpu1, cuda, not gpu1, rocm"), log.Count("takes jobs for the labels gpu1, cuda, not gpu1:")));
    }

    [Fact]
    public async Task Ensure_UnknownGroup_SaysSo()
    {
        await using ActionsScene scene = await ActionsScene.StartAsync();
        GitHubException exception = await Assert.ThrowsAsync<GitHubException>(() => scene.Client("gpu1", "no such").EnsureAsync(CancellationToken.None));
        Assert.Contains("There is no runner group named 'no such'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_PostWasAppliedAndFailed_RemovesTheTwinAndRegistersAgain()
    {
        await using ActionsScene scene = await ActionsScene.StartAsync();
        ScaleSetClient client = await ReadyAsync(scene);
        scene.Service.Faults.Add(new Fault { Kind = FaultKind.StatusAfterApplying, PathEnd = "/generatejitconfig", Status = 503 });

        Registration registration = await client.RegisterAsync("box-1", [], CancellationToken.None);

        FakeAgent agent = Assert.Single(scene.Service.State.Agents);
        Assert.Equal(agent.Id, registration.RunnerId);
    }

    [Fact]
    public async Task Register_NameOfAnotherScaleSet_Fails()
    {
        await using ActionsScene scene = await ActionsScene.StartAsync();
        ScaleSetClient client = await ReadyAsync(scene);
        scene.Service.State.AddAgent("taken", client.ScaleSetId + 100, []);
        GitHubException exception = await Assert.ThrowsAsync<GitHubException>(() => client.RegisterAsync("taken", [], CancellationToken.None));
        Assert.Equal(HttpStatusCode.Conflict, exception.Status);
        Assert.Null(await client.FindAsync("taken", CancellationToken.None));
    }

    [Fact]
    public async Task Remove_BusyThenGone_AnswersFalseThenTrue()
    {
        await using ActionsScene scene = await ActionsScene.StartAsync();
        ScaleSetClient client = await ReadyAsync(scene);
        Registration registration = await client.RegisterAsync("box-1", [], CancellationToken.None);
        FakeJob job = scene.Service.Queue("gpu1");
        scene.Service.State.Change(() =>
        {
            scene.Service.State.Acquire(job);
            return scene.Service.State.Take(scene.Service.State.Agents[0]);
        });

        Assert.False(await client.RemoveAsync(registration.RunnerId, CancellationToken.None));
        Assert.True((await client.FindAsync("box-1", CancellationToken.None))!.IsBusy);

        scene.Service.State.Change(() =>
        {
            scene.Service.State.Complete(job, "succeeded");
            return 0;
        });
        Assert.True(await client.RemoveAsync(registration.RunnerId, CancellationToken.None));
        Assert.Null(await client.FindAsync("box-1", CancellationToken.None));
    }

    [Fact]
    public async Task Call_WrongKey_NamesTheAppAndNotTheKey()
    {
        await using ActionsScene scene = await ActionsScene.StartAsync();
        using var other = System.Security.Cryptography.RSA.Create(2048);
        scene.Service.App = ("Iv23test", other);
        GitHubException exception = await Assert.ThrowsAsync<GitHubException>(() => scene.Client().EnsureAsync(CancellationToken.None));
        Assert.Equal(HttpStatusCode.Unauthorized, exception.Status);
        Assert.Contains("installation 42 of the App Iv23test", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://github.com/acme", false, "https://api.github.com/", "orgs/acme", false)]
    [InlineData("https://www.github.com/acme/models/", false, "https://api.github.com/", "repos/acme/models", true)]
    [InlineData("https://github.com/Enterprises/big", false, "https://api.github.com/", "enterprises/big", false)]
    [InlineData("https://corp.ghe.com/acme", false, "https://api.corp.ghe.com/", "orgs/acme", false)]
    [InlineData("https://git.example.org:8443/acme", false, "https://git.example.org:8443/api/v3/", "orgs/acme", false)]
    [InlineData("https://github.com/acme", true, "https://github.com/api/v3/", "orgs/acme", false)]
    public void Scope_OfEveryKind_IsFound(string url, bool isForced, string api, string path, bool isRepository)
    {
        GitHubScope scope = GitHubScope.Parse(new Uri(url), isForced);
        Assert.Equal((api, path, isRepository), (scope.ApiBase.ToString(), scope.ApiPath, scope.IsRepository));
    }

    private static async Task<ScaleSetClient> ReadyAsync(ActionsScene scene)
    {
        ScaleSetClient client = scene.Client();
        await client.EnsureAsync(CancellationToken.None);
        return client;
    }
}
