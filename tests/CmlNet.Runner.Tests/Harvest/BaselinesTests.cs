using CmlNet.Runner.Harvest;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Jobs.GitHub.Rest;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Tests.Harvest;

public sealed class BaselinesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Keep_RunOfTheDefaultBranch_IsComparedWithByTheNextRun()
    {
        var baselines = new Baselines(_folder.Path);
        Assert.Null(baselines.Find(Job(), Run()));
        baselines.Keep(Harvest("first", 0.90), Job(), Run());
        baselines.Keep(Harvest("second", 0.91), Job(), Run("0123456789abcdef"));

        (string folder, string name) = baselines.Find(Job(), Run())!.Value;
        Assert.Equal("main at 0123456", name);
        Assert.Equal([name], Directory.EnumerateDirectories(folder).Select(Path.GetFileName));
        string report = HarvestReport.Build(Harvest("now", 0.95), "Model", (folder, name), DateTimeOffset.UnixEpoch, _ => { }, CancellationToken.None)!;
        Assert.Contains("Compared with main at 0123456", report, StringComparison.Ordinal);
        Assert.Contains("0.04", report, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Path, report, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_AnotherJob_HasNone()
    {
        var baselines = new Baselines(_folder.Path);
        baselines.Keep(Harvest("first", 0.90), Job(), Run());
        Assert.Null(baselines.Find(Job() with { Name = "other" }, Run()));
        Assert.Null(baselines.Find(Job() with { Repository = "other" }, Run()));
    }

    [Theory]
    [InlineData("main", "push", "acme", "succeeded", true)]
    [InlineData("main", "push", "acme", "failed", false)]
    [InlineData("main", "pull_request", "acme", "succeeded", false)]
    [InlineData("main", "push", "stranger", "succeeded", false)]
    [InlineData("better", "push", "acme", "succeeded", false)]
    public void IsWorthKeeping_RunOfAnyKind_IsOneOfTheOwnDefaultBranch(string branch, string trigger, string owner, string result, bool expected) =>
        Assert.Equal(expected, Baselines.IsWorthKeeping(Job() with { Result = result }, Run() with { HeadBranch = branch, Event = trigger, HeadRepository = new RepositoryAnswer { Name = "models", Owner = new AccountAnswer(owner) } }, "main"));

    [Fact]
    public void Keep_StrangeBranchName_StaysInItsFolder()
    {
        var baselines = new Baselines(_folder.Path);
        baselines.Keep(Harvest("first", 0.90), Job(), Run() with { HeadBranch = "../../etc" });
        Assert.Equal("etc at 0000000", baselines.Find(Job(), Run())!.Value.Name);
        Assert.All(Directory.EnumerateDirectories(_folder.Path, "*", SearchOption.AllDirectories), path => Assert.DoesNotContain("..", path, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private string Harvest(string name, double accuracy)
    {
        string folder = Directory.CreateDirectory(_folder["harvest/" + name]).FullName;
        File.WriteAllText(Path.Combine(folder, "metrics.json"), FormattableString.Invariant($$"""{"accuracy": {{accuracy}}}"""));
        return folder;
    }

    private static JobRecord Job() => new() { Pool = "gpu1", RequestId = 1, Stage = JobStage.Completed, Owner = "acme", Repository = "models", Name = "train", Seen = DateTimeOffset.UnixEpoch };

    private static WorkflowRun Run(string sha = "0000000000") => new() { Name = "Train", HeadBranch = "main", HeadSha = sha };
}
