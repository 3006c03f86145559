using Microsoft.Data.Sqlite;

namespace CmlNet.Runner.Journal;

/// <summary>Runners.</summary>
internal sealed partial class SqliteJournal
{
    private const string RunnerColumns = "name, pool, state, runner_id, container, gpus, created, started, busy, ended, request_id, exit_code, note, wish, labels";

    public void Save(RunnerRecord runner) => Execute(
        $"insert or replace into runners ({RunnerColumns}) values ($name, $pool, $state, $runner_id, $container, $gpus, $created, $started, $busy, $ended, $request_id, $exit_code, $note, $wish, $labels)",
        ("$name", runner.Name),
        ("$pool", runner.Pool),
        ("$state", (int)runner.State),
        ("$runner_id", runner.RunnerId),
        ("$container", runner.ContainerId),
        ("$gpus", string.Join(',', runner.Gpus)),
        ("$created", ToMoment(runner.Created)),
        ("$started", ToMoment(runner.Started)),
        ("$busy", ToMoment(runner.Busy)),
        ("$ended", ToMoment(runner.Ended)),
        ("$request_id", runner.RequestId),
        ("$exit_code", runner.ExitCode),
        ("$note", runner.Note),
        ("$wish", runner.Wish),
        ("$labels", string.Join(',', runner.Labels)));

    /// <summary>Every runner that something may remain of.</summary>
    public IReadOnlyList<RunnerRecord> FindUnfinished() => Query($"select {RunnerColumns} from runners where state < $removed order by created", ReadRunner, ("$removed", (int)RunnerState.Removed));

    public RunnerRecord? FindRunner(string name) => Query($"select {RunnerColumns} from runners where name = $name", ReadRunner, ("$name", name)) is [var found] ? found : null;

    /// <summary>The measured use of a runner's job, as JSON.</summary>
    public void SaveUsage(string runner, string data) => Execute("insert or replace into usage (runner, data) values ($runner, $data)", ("$runner", runner), ("$data", data));

    public string? FindUsage(string runner) => Scalar("select data from usage where runner = $runner", ("$runner", runner)) as string;

    /// <summary>Where the report of a runner's job was posted.</summary>
    public void SaveReport(string runner, string url) => Execute("insert or replace into reports (runner, url, moment) values ($runner, $url, $now)", ("$runner", runner), ("$url", url), ("$now", ToMoment(_time.GetUtcNow())));

    public string? FindReport(string runner) => Scalar("select url from reports where runner = $runner", ("$runner", runner)) as string;

    /// <summary>Gives all that a pool has another pool's name.</summary>
    public void MovePool(string from, string to)
    {
        lock (_gate)
        {
            InTransaction(() =>
            {
                Execute("update runners set pool = $to where pool = $from", ("$to", to), ("$from", from));
                Execute("update or replace jobs set pool = $to where pool = $from", ("$to", to), ("$from", from));
                Execute("update or replace sessions set pool = $to where pool = $from", ("$to", to), ("$from", from));
                Execute("update outbox set payload = json_set(payload, '$.Pool', $to) where done is null and json_valid(payload) and json_extract(payload, '$.Pool') = $from", ("$to", to), ("$from", from));
            });
        }
    }

    /// <summary>Forgets what is done and older than the time given.</summary>
    public void Forget(DateTimeOffset before)
    {
        Execute("delete from usage where runner in (select name from runners where state = $removed and created < $before)", ("$removed", (int)RunnerState.Removed), ("$before", ToMoment(before)));
        Execute("delete from runners where state = $removed and created < $before", ("$removed", (int)RunnerState.Removed), ("$before", ToMoment(before)));
        Execute("delete from jobs where seen < $before", ("$before", ToMoment(before)));
        Execute("delete from reports where moment < $before", ("$before", ToMoment(before)));
        Execute("delete from outbox where done < $before", ("$before", ToMoment(before)));
    }

    private static RunnerRecord ReadRunner(SqliteDataReader row) => new()
    {
        Name = row.GetString(0),
        Pool = row.GetString(1),
        State = (RunnerState)row.GetInt32(2),
        RunnerId = row.GetInt64(3),
        ContainerId = row.IsDBNull(4) ? null : row.GetString(4),
        Gpus = row.GetString(5).Split(',', StringSplitOptions.RemoveEmptyEntries),
        Created = Moment(row, 6) ?? default,
        Started = Moment(row, 7),
        Busy = Moment(row, 8),
        Ended = Moment(row, 9),
        RequestId = row.GetInt64(10),
        ExitCode = row.IsDBNull(11) ? null : row.GetInt32(11),
        Note = row.GetString(12),
        Wish = row.GetInt64(13),
        Labels = row.GetString(14).Split(',', StringSplitOptions.RemoveEmptyEntries),
    };
}
