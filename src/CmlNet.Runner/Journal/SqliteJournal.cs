using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CmlNet.Runner.Journal;

/// <summary>
/// The daemon's memory: one SQLite file, written ahead (WAL), so that a kill at any moment leaves what was committed.
/// The tables are the partial classes beside this file. One connection under one lock: writes are few and short.
/// </summary>
internal sealed partial class SqliteJournal : IDisposable
{
    private const int Version = 2;

    private static readonly string[] Schema =
    [
        "create table runners (name text primary key, pool text not null, state integer not null, runner_id integer not null, container text, gpus text not null, created integer not null, started integer, busy integer, ended integer, request_id integer not null, exit_code integer, note text not null, wish integer not null, labels text not null) without rowid",
        "create index runners_by_state on runners (state)",
        "create table jobs (pool text not null, request_id integer not null, stage integer not null, owner text not null, repository text not null, job_id text not null, name text not null, workflow text not null, run_id integer not null, event text not null, seen integer not null, queued integer, started integer, completed integer, runner text not null, result text not null, primary key (pool, request_id)) without rowid",
        "create index jobs_by_stage on jobs (pool, stage)",
        "create index jobs_by_time on jobs (seen)",
        "create index jobs_by_runner on jobs (runner)",
        "create table sessions (pool text primary key, session text not null) without rowid",
        "create table outbox (id integer primary key, kind text not null, key text not null unique, payload text not null, attempts integer not null, due integer not null, done integer, error text not null)",
        "create index outbox_by_time on outbox (done, due)",
        "create table usage (runner text primary key, data text not null) without rowid",
        "create table settings (name text primary key, value text not null) without rowid",
    ];

    // Since version 2.
    private const string Reports = "create table reports (runner text primary key, url text not null, moment integer not null) without rowid";

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;

    private SqliteJournal(SqliteConnection connection, TimeProvider time)
    {
        _connection = connection;
        _time = time;
    }

    /// <exception cref="JournalException">The file is broken, of a newer version, or cannot be written.</exception>
    public static SqliteJournal Open(string directory, TimeProvider time)
    {
        string path = Path.Combine(directory, "journal.db");
        SqliteConnection? connection = null;
        try
        {
            Directory.CreateDirectory(directory);
            SQLitePCL.Batteries_V2.Init();
            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 }.ToString());
            connection.Open();
            var journal = new SqliteJournal(connection, time);
            journal.Prepare(path);
            return journal;
        }
        catch (Exception exception) when (exception is SqliteException or JournalException { InnerException: SqliteException } or IOException or UnauthorizedAccessException or DllNotFoundException)
        {
            connection?.Dispose();
            throw new JournalException($"The journal {path} cannot be opened: {exception.Message} If it is damaged, move it away: runners that still run are then found by their labels and removed.", exception);
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _connection.Dispose();
    }

    private void Prepare(string path)
    {
        Execute("pragma journal_mode=wal");
        Execute("pragma synchronous=normal");
        long version = (long)(Scalar("pragma user_version") ?? 0L);
        if (version > Version)
            throw new JournalException($"The journal {path} was written by a newer version of cml (format {version}, this one knows {Version}). Update cml.");
        if (version == Version)
            return;
        InTransaction(() =>
        {
            foreach (string statement in version == 0 ? Schema : [])
                Execute(statement);
            Execute(Reports);
            Execute($"pragma user_version={Version.ToString(CultureInfo.InvariantCulture)}");
        });
    }

    // By hand: when a commit fails, as on a full disk, SQLite has ended the transaction itself, and the provider's own object for
    // it would never let another one begin. The caller has the lock.
    private void InTransaction(Action work)
    {
        Execute("begin immediate");
        try
        {
            work();
            Execute("commit");
        }
        catch
        {
            try
            {
                Execute("rollback");
            }
            catch (JournalException)
            {
                // Ended by the failure.
            }

            throw;
        }
    }

    private void Execute(string statement, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        lock (_gate)
        {
            try
            {
                using SqliteCommand command = Command(statement, values);
                command.ExecuteNonQuery();
            }
            catch (SqliteException exception)
            {
                throw Failed("written", exception);
            }
        }
    }

    // Its words are SQLite's own: a full disk, a file that another program holds.
    private static JournalException Failed(string what, SqliteException exception) => new($"The journal cannot be {what}: {exception.Message} Free some space on its disk, and leave its files to the daemon.", exception);

    private object? Scalar(string statement, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        lock (_gate)
        {
            try
            {
                using SqliteCommand command = Command(statement, values);
                return command.ExecuteScalar();
            }
            catch (SqliteException exception)
            {
                throw Failed("used", exception);
            }
        }
    }

    private List<T> Query<T>(string statement, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        lock (_gate)
        {
            try
            {
                using SqliteCommand command = Command(statement, values);
                using SqliteDataReader rows = command.ExecuteReader();
                var found = new List<T>();
                while (rows.Read())
                    found.Add(read(rows));
                return found;
            }
            catch (SqliteException exception)
            {
                throw Failed("used", exception);
            }
        }
    }

    private SqliteCommand Command(string statement, ReadOnlySpan<(string Name, object? Value)> values)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = statement;
        foreach ((string name, object? value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    private static long? ToMoment(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds();

    private static DateTimeOffset? Moment(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
