using CmlNet.Publishing.CodeHosts;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Publishing.Tests.CodeHosts.GitHub;

public sealed class GitHubChecksTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(51)]
    [InlineData(120)]
    public async Task Create_Annotations_GoInBatchesOfFifty(int count)
    {
        await using Scene scene = await Scene.OpenAsync();
        using PublishingServices services = scene.Services();
        await Host(services).CreateCheckAsync(Check() with { Annotations = Annotations(count) });
        FakeCheckRun run = Assert.Single(scene.Repository.CheckRuns);
        Assert.Equal(Enumerable.Range(1, count), run.Annotations.Select(a => a["start_line"]!.GetValue<int>()));
        Assert.Equal(Math.Max(1, (count + 49) / 50), scene.Calls().Count);
        Assert.Equal("completed", run.Status);
    }

    [Theory]
    [InlineData("POST", FaultKind.ResetAfterApplying)]
    [InlineData("PATCH", FaultKind.ResetAfterApplying)]
    [InlineData("PATCH", FaultKind.StatusAfterApplying)]
    [InlineData("PATCH", FaultKind.ResetBeforeApplying)]
    [InlineData("PATCH", FaultKind.TruncatedAfterApplying)]
    public async Task Create_FaultDuringAnnotations_LeavesEachOnce(string method, FaultKind kind)
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.GitHub.Faults.Add(new Fault { Kind = kind, Method = method });
        using PublishingServices services = scene.Services();
        await Host(services).CreateCheckAsync(Check() with { Annotations = Annotations(120) });
        Assert.Equal(120, Assert.Single(scene.Repository.CheckRuns).Annotations.Count);
    }

    [Fact]
    public async Task Update_RunInProgress_IsCompletedWithButtonsAndMoreAnnotations()
    {
        await using Scene scene = await Scene.OpenAsync();
        using PublishingServices services = scene.Services();
        ICheckHost host = Host(services);
        CheckReference begun = await host.CreateCheckAsync(Check() with { Status = "in_progress", Annotations = Annotations(2) });
        Assert.Equal("in_progress", scene.Repository.CheckRuns[0].Status);
        Assert.Null(scene.Repository.CheckRuns[0].Conclusion);
        Assert.Equal(begun, await host.FindCheckAsync(Scene.Head, "CML Report"));
        Assert.Null(await host.FindCheckAsync(Scene.Head, "another"));
        CheckRun done = Check() with
        {
            Conclusion = "failure",
            DetailsUrl = "https://example.com/run",
            Annotations = Annotations(60),
            Buttons = [new CheckButton("Accept", "Take these numbers as the new base", "accept")],
        };
        Assert.Equal(begun, await host.UpdateCheckAsync(begun.Id, done));
        FakeCheckRun run = Assert.Single(scene.Repository.CheckRuns);
        Assert.Equal(("completed", "failure", "https://example.com/run", 62, "accept"), (run.Status, run.Conclusion, run.DetailsUrl, run.Annotations.Count, run.Actions[0]!["identifier"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Create_FourButtons_AreRefusedBeforeAnythingIsSent()
    {
        await using Scene scene = await Scene.OpenAsync();
        using PublishingServices services = scene.Services();
        var button = new CheckButton("a", "b", "c");
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => Host(services).CreateCheckAsync(Check() with { Buttons = [button, button, button, button] }));
        Assert.Contains("at most 3 buttons", e.Message, StringComparison.Ordinal);
        Assert.Empty(scene.Calls());
    }

    private static ICheckHost Host(PublishingServices services) => services.OpenCodeHost().Require<ICheckHost>("check runs");

    private static CheckRun Check() => new() { HeadSha = Scene.Head, Summary = "ok" };

    private static CheckAnnotation[] Annotations(int count) =>
        [.. Enumerable.Range(1, count).Select(i => new CheckAnnotation { Path = "train.py", StartLine = i, Message = $"line {i}", Level = "notice", StartColumn = 1, EndColumn = 2 })];
}
