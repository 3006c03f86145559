namespace CmlNet.Runner.Journal;

/// <summary>What is still to be done for the outside world.</summary>
internal sealed partial class SqliteJournal
{
    /// <summary>Nothing is put off for longer.</summary>
    public static TimeSpan LongestDelay { get; } = TimeSpan.FromHours(1);

    /// <summary>Puts an entry in, once for each key for ever.</summary>
    public void Enqueue(string kind, string key, string payload) => Execute(
        "insert or ignore into outbox (kind, key, payload, attempts, due, done, error) values ($kind, $key, $payload, 0, $now, null, '')",
        ("$kind", kind),
        ("$key", key),
        ("$payload", payload),
        ("$now", ToMoment(_time.GetUtcNow())));

    /// <summary>Entries whose time has come, oldest first; those too that are put off for longer than anything is: the clock was set back.</summary>
    public IReadOnlyList<OutboxEntry> FindDue(int count) => Query(
        "select id, kind, key, payload, attempts from outbox where done is null and (due <= $now or due > $never) order by due, id limit $count",
        row => new OutboxEntry(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4)),
        ("$never", ToMoment(_time.GetUtcNow() + LongestDelay)),
        ("$now", ToMoment(_time.GetUtcNow())),
        ("$count", count));

    /// <summary>When the next entry's time comes; null when there is none.</summary>
    public DateTimeOffset? FindNextDue() => Scalar("select min(due) from outbox where done is null") is long due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null;

    public int CountUndone() => (int)(long)(Scalar("select count(*) from outbox where done is null") ?? 0L);

    /// <summary>Those that have failed less often than that.</summary>
    public int CountUndone(int attempts) => (int)(long)(Scalar("select count(*) from outbox where done is null and attempts < $attempts", ("$attempts", attempts)) ?? 0L);

    /// <summary>It is done, or given up for the reason given.</summary>
    public void Finish(long id, string error) => Execute("update outbox set done = $now, error = $error where id = $id", ("$now", ToMoment(_time.GetUtcNow())), ("$error", error), ("$id", id));

    public void Postpone(long id, TimeSpan delay, string error) => Execute(
        "update outbox set attempts = attempts + 1, due = $due, error = $error where id = $id", ("$due", ToMoment(_time.GetUtcNow() + delay)), ("$error", error), ("$id", id));

    /// <summary>A setting of the daemon's own, such as its id.</summary>
    public string? FindSetting(string name) => Scalar("select value from settings where name = $name", ("$name", name)) as string;

    /// <summary>Names of settings that begin so.</summary>
    public IReadOnlyList<string> FindSettings(string prefix) => Query("select name from settings where substr(name, 1, length($prefix)) = $prefix", static row => row.GetString(0), ("$prefix", prefix));

    public void RemoveSetting(string name) => Execute("delete from settings where name = $name", ("$name", name));

    /// <summary>Pools that entries are about which are still to be done.</summary>
    public IReadOnlyList<string> FindWaitingPools() => Query("select distinct json_extract(payload, '$.Pool') from outbox where done is null and json_valid(payload)", static row => row.IsDBNull(0) ? "" : row.GetString(0));

    public void SaveSetting(string name, string value) => Execute("insert or replace into settings (name, value) values ($name, $value)", ("$name", name), ("$value", value));
}
