using CmlNet.Runner.Jobs;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Tests.Journal;

public sealed class SqliteJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Save_ThenOpenedAgain_KeepsEveryField()
    {
        DateTimeOffset moment = DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_123);
        var runner = new RunnerRecord
        {
            Name = "box-gpu1-1", Pool = "gpu1", State = RunnerState.Busy, RunnerId = 42, ContainerId = "abc", Gpus = ["GPU-1", "GPU-2"],
            Created = moment, Started = moment.AddSeconds(1), Busy = moment.AddSeconds(2), RequestId = 7, Note = "it's \"fine\"",
        };
        var session = Guid.NewGuid();
        using (SqliteJournal journal = Open())
        {
            journal.Save(runner);
            journal.Save(runner with { Name = "old", State = RunnerState.Removed, Gpus = [] });
            journal.Save("gpu1", session);
            journal.SaveUsage("box-gpu1-1", """{"x":1}""");
        }

        using SqliteJournal again = Open();
        RunnerRecord read = Assert.Single(again.FindUnfinished());
        Assert.Equal(runner.Gpus, read.Gpus);
        Assert.Equal(runner with { Gpus = [] }, read with { Gpus = [] });
        Assert.Equal(session, again.Find("gpu1"));
        Assert.Equal("""{"x":1}""", again.FindUsage("box-gpu1-1"));
    }

    [Fact]
    public void Store_NoticesTwiceAndOutOfOrder_GoForwardOnly()
    {
        using SqliteJournal journal = Open();
        Assert.Single(journal.Store("gpu1", [Notice(JobStage.Completed, "r1", "succeeded")]));
        Assert.Empty(journal.Store("gpu1", [Notice(JobStage.Started, "r1"), Notice(JobStage.Assigned), Notice(JobStage.Completed, "r1", "failed")]));
        JobRecord job = journal.FindJob("gpu1", 7)!;
        Assert.Equal((JobStage.Completed, "succeeded", "r1"), (job.Stage, job.Result, job.RunnerName));
        Assert.Equal(0, journal.CountOpenJobs("gpu1", DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Store_JobCancelledWithoutARunner_MayBeAssignedAgain()
    {
        using SqliteJournal journal = Open();
        journal.Store("gpu1", [Notice(JobStage.Assigned)]);
        journal.Store("gpu1", [Notice(JobStage.Completed, "", "canceled")]);
        Assert.Equal(0, journal.CountOpenJobs("gpu1", DateTimeOffset.UnixEpoch));
        Assert.Single(journal.Store("gpu1", [Notice(JobStage.Assigned)]));
        Assert.Equal(1, journal.CountOpenJobs("gpu1", DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Outbox_SameKeyTwice_IsDoneOnce()
    {
        using SqliteJournal journal = Open();
        journal.Enqueue("report", "r1", "{}");
        journal.Enqueue("report", "r1", "{}");
        OutboxEntry entry = Assert.Single(journal.FindDue(10));
        journal.Postpone(entry.Id, TimeSpan.FromHours(1), "away");
        Assert.Empty(journal.FindDue(10));
        Assert.Equal(1, journal.CountUndone());
        journal.Finish(entry.Id, "");
        journal.Enqueue("report", "r1", "{}");
        Assert.Equal(0, journal.CountUndone());
    }

    [Fact]
    public void Open_NewerFormat_SaysToUpdate()
    {
        using (SqliteJournal journal = Open())
            journal.SaveSetting("daemon", "x");
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder["journal.db"]};Pooling=False"))
        {
            connection.Open();
            using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
            command.CommandText = "pragma user_version=99";
            command.ExecuteNonQuery();
        }

        Assert.Contains("newer version of cml", Assert.Throws<JournalException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_FileWasChangedByAnotherProgram_IsTheJournalsFailure()
    {
        using SqliteJournal journal = Open();
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder["journal.db"]};Pooling=False"))
        {
            connection.Open();
            using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
            command.CommandText = "drop table outbox";
            command.ExecuteNonQuery();
        }

        Assert.Contains("cannot be used", Assert.Throws<JournalException>(() => journal.FindDue(1)).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be used", Assert.Throws<JournalException>(() => journal.CountUndone()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileThatIsNone_SaysWhatToDo()
    {
        File.WriteAllText(_folder["journal.db"], new string('x', 5000));
        Assert.Contains("move it away", Assert.Throws<JournalException>(Open).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private SqliteJournal Open() => SqliteJournal.Open(_folder.Path, TimeProvider.System);

    private static JobNotice Notice(JobStage stage, string runner = "", string? result = null) => new() { Stage = stage, RequestId = 7, RunnerName = runner, Result = result, Name = "train", Owner = "acme", Repository = "models" };
}
