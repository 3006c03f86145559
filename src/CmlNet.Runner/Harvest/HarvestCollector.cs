using System.Text.Json;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Journal;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Harvest;

/// <summary>When a runner has ended: takes what its job wants reported out of the container, and puts what is to be done with it into the outbox.</summary>
internal sealed class HarvestCollector(string directory, IRunnerInspection? inspection, SqliteJournal journal, Action onEnqueued, ILogger logger) : IRunnerEnd
{
    public async Task CollectAsync(RunnerRecord runner, PoolConfiguration pool, bool isLost, CancellationToken cancellationToken)
    {
        if (isLost && pool.Reruns > 0)
            Enqueue(OutboxKinds.Rerun, runner, pool);
        if (!pool.Report.IsEnabled || inspection is null || runner.ContainerId is not { } container)
            return;
        await using Stream? archive = await inspection.CollectAsync(container, cancellationToken);
        if (archive is null)
            return;
        string folder = FolderOf(directory, runner.Name);
        // A crash may have left half of it.
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        (int taken, int skipped) = await HarvestArchive.UnpackAsync(archive, folder, new HarvestLimits { Bytes = pool.Report.LimitBytes }, cancellationToken);
        if (skipped > 0)
            HarvestLog.Skipped(logger, pool.Name, runner.Name, skipped);
        if (taken == 0)
            Directory.Delete(folder, recursive: true);
        else
            Enqueue(OutboxKinds.Report, runner, pool);
    }

    /// <summary>Where a runner's files wait; the name is ours, so it is a plain one.</summary>
    public static string FolderOf(string directory, string runner) => Path.Combine(directory, "harvest", runner);

    private void Enqueue(string kind, RunnerRecord runner, PoolConfiguration pool)
    {
        journal.Enqueue(kind, $"{kind}:{runner.Name}", JsonSerializer.Serialize(new OutboxJob(runner.Name, pool.Name), HarvestJson.Default.OutboxJob));
        onEnqueued();
    }
}
