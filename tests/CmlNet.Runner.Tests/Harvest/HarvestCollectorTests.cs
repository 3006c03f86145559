using System.Formats.Tar;
using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Harvest;
using CmlNet.Runner.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Runner.Tests.Harvest;

public sealed class HarvestCollectorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Collect_LostJobThatLeftFiles_IsBothReportedAndRunAgain()
    {
        using SqliteJournal journal = SqliteJournal.Open(_folder.Path, TimeProvider.System);
        var collector = new HarvestCollector(_folder.Path, new Files(), journal, static () => { }, NullLogger.Instance);
        var runner = new RunnerRecord { Name = "r1", Pool = "one", ContainerId = "abc", Created = TimeProvider.System.GetUtcNow() };

        // Twice, as after a crash.
        for (int i = 0; i < 2; i++)
            await collector.CollectAsync(runner, new PoolConfiguration { Name = "one", Labels = ["one"], Reruns = 1 }, isLost: true, CancellationToken.None);

        Assert.Equal([OutboxKinds.Report, OutboxKinds.Rerun], journal.FindDue(10).Select(entry => entry.Kind).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(Path.Combine(HarvestCollector.FolderOf(_folder.Path, "r1"), "metrics.json")));
    }

    public void Dispose() => _folder.Dispose();

    private sealed class Files : IRunnerInspection
    {
        public Task ReadLogsAsync(string containerId, int lines, bool follow, IOutputSink output, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<ContainerUsage?> ReadUsageAsync(string containerId, CancellationToken cancellationToken) => Task.FromResult<ContainerUsage?>(null);

        public async Task<Stream?> CollectAsync(string containerId, CancellationToken cancellationToken)
        {
            var archive = new MemoryStream();
            await using (var writer = new TarWriter(archive, leaveOpen: true))
                await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "outbox/metrics.json") { DataStream = new MemoryStream("{}"u8.ToArray()) }, cancellationToken);
            archive.Position = 0;
            return archive;
        }
    }
}
