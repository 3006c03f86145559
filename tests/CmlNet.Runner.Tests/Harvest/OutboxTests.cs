using CmlNet.Runner.Harvest;
using CmlNet.Runner.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Runner.Tests.Harvest;

public sealed class OutboxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteJournal _journal;

    public OutboxTests() => _journal = SqliteJournal.Open(_folder.Path, TimeProvider.System);

    [Fact]
    public async Task RunOnce_FirstEntryBreaks_DoesTheOthers()
    {
        _journal.Enqueue(OutboxKinds.Report, "report:bad", "not JSON");
        _journal.Enqueue(OutboxKinds.Report, "report:good", """{"Runner":"r","Pool":"gone"}""");
        // Neither of them comes so far as to ask GitHub.
        var outbox = new Outbox([], _journal, null!, null!, TimeProvider.System, NullLogger.Instance);

        TimeSpan rest = await outbox.RunOnceAsync(CancellationToken.None);

        Assert.Equal(1, _journal.CountUndone());
        Assert.True(rest > TimeSpan.Zero);
        Assert.True(outbox.IsAtWork);
    }

    [Fact]
    public void IsAtWork_EntryHasFailedAgainAndAgain_IsNotWaitedFor()
    {
        _journal.Enqueue(OutboxKinds.Report, "report:bad", "{}");
        var outbox = new Outbox([], _journal, null!, null!, TimeProvider.System, NullLogger.Instance);
        OutboxEntry entry = Assert.Single(_journal.FindDue(10));
        for (int i = 0; i < 8; i++)
        {
            Assert.True(outbox.IsAtWork);
            _journal.Postpone(entry.Id, TimeSpan.FromSeconds(1), "away");
        }

        Assert.False(outbox.IsAtWork);
    }

    public void Dispose()
    {
        _journal.Dispose();
        _folder.Dispose();
    }
}
