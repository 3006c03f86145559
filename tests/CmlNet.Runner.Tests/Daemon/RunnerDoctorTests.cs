using CmlNet.Containers;
using CmlNet.Runner.Daemon;
using CmlNet.Runner.Jobs.GitHub;

namespace CmlNet.Runner.Tests.Daemon;

public sealed class RunnerDoctorTests
{
    [Fact]
    public async Task Examine_EverythingThere_FindsNothingAndChangesNothing()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Gpus = 2;
        scene.Yaml = "pools: [{ name: gpu1, gpus: 2 }]";
        IReadOnlyList<DoctorFinding> findings = await ExamineAsync(scene, "ghp_test");
        Assert.All(findings, finding => Assert.True(finding.IsGood, $"{finding.Name}: {finding.Text}"));
        Assert.Equal(["GPU runtime", "GPUs", "clock", "credentials", "disk", "engine", "image of gpu1", "scale set gpu1", "scale sets"], findings.Select(finding => finding.Name).Order(StringComparer.Ordinal));
        Assert.Empty(scene.Service.State.ScaleSets);
    }

    [Fact]
    public async Task Examine_MuchIsMissing_SaysWhatToDo()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Gpus = 1;
        scene.Yaml = "pools: [{ name: gpu1, gpus: 2 }]";
        scene.Engine.ImageFailure = new EngineException(EngineErrorKind.ImageNotFound, "No such image.");
        IReadOnlyList<DoctorFinding> findings = await ExamineAsync(scene, "ghp_wrong");
        string[] bad = [.. findings.Where(finding => !finding.IsGood).Select(finding => $"{finding.Name}: {finding.Text}")];
        Assert.Contains(bad, text => text.StartsWith("GPUs: 1 of 1 GPUs are well, and a pool wants 2", StringComparison.Ordinal));
        Assert.Contains(bad, text => text == "image of gpu1: No such image.");
        Assert.Contains(bad, text => text.Contains("401", StringComparison.Ordinal) && text.Contains("Check the token", StringComparison.Ordinal));
    }

    private static Task<IReadOnlyList<DoctorFinding>> ExamineAsync(DaemonScene scene, string token) => new RunnerDoctor(
        scene.Configure(),
        new DaemonSurroundings { Version = "1", Engine = scene.Engine, Variable = name => name == "TOKEN" ? token : null, Retries = new GitHubRetries { FirstDelay = TimeSpan.FromMilliseconds(5) } }).ExamineAsync(CancellationToken.None);
}
