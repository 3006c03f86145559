using CmlNet.Runner.Harvest;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Journal;
using CmlNet.Testing.GitHub;

namespace CmlNet.Runner.Tests.Daemon;

/// <summary>What still stands in the outbox when a daemon ends by itself.</summary>
public sealed class DaemonEndTests
{
    [Theory]
    [InlineData("after-one-job: true", "single job")]
    [InlineData("shutdown-after: 1", "timeout:1")]
    public async Task Run_EndsWhileSomethingIsToBePosted_PostsItFirst(string idle, string reason)
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = $"idle: {{ {idle} }}\npools: [{{ name: gpu1, max: 1, reruns: 1 }}]";
        using (SqliteJournal journal = SqliteJournal.Open(Path.Combine(scene.Folder, "data"), TimeProvider.System))
        {
            journal.Store("gpu1", [new JobNotice { Stage = JobStage.Completed, RequestId = 7, RunnerName = "old", Result = "failed", Name = "train", Owner = "acme", Repository = "models", RunId = 902 }]);
            journal.Enqueue(OutboxKinds.Rerun, "rerun:old", """{"Runner":"old","Pool":"gpu1"}""");
        }

        // GitHub is away at first.
        scene.Service.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, PathEnd = "/rerun-failed-jobs", Status = 503 });
        await scene.StartDaemonAsync();
        scene.Service.Queue("gpu1");

        Assert.Equal(reason, await scene.EndedAsync());

        Assert.Equal(902, Assert.Single(scene.Service.Reruns));
    }
}
