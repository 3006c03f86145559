using System.Globalization;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Values;
using Microsoft.Data.Sqlite;

namespace CmlNet.Dvc.Experiments;

/// <summary>The statements. Whoever calls has the lock.</summary>
public sealed partial class ExperimentQueue
{
    private const string Schema = "create table tasks (number integer primary key, id text not null unique, name text not null, baseline text not null, snapshot text not null, state text not null, targets text not null, error text not null default '', gpus text not null default '', created integer not null, started integer, ended integer, kill integer not null default 0, message text not null default '')";

    private void Prepare(string path)
    {
        Execute("pragma journal_mode=wal");
        Execute("pragma synchronous=normal");
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        long version = (long)(Scalar("pragma user_version") ?? 0L);
        if (version > Version)
            throw new DvcException($"the queue {path} was written by a newer version of cml (format {version}, this one knows {Version}); update cml");
        if (version == 0)
            Execute(Schema);
        else if (version == 1)
            Execute("alter table tasks add column message text not null default ''");
        if (version < Version)
            Execute($"pragma user_version={Version.ToString(CultureInfo.InvariantCulture)}");

        transaction.Commit();
    }

    // The condition is one of this class's own.
    private List<QueueEntry> Query(string condition)
    {
        using SqliteCommand command = Command($"select id, name, baseline, snapshot, state, targets, error, gpus, created, started, ended, message from tasks where {condition} order by number", []);
        using SqliteDataReader rows = command.ExecuteReader();
        var found = new List<QueueEntry>();
        while (rows.Read())
        {
            found.Add(new QueueEntry
            {
                Id = rows.GetString(0), Name = rows.GetString(1), Baseline = rows.GetString(2), Snapshot = rows.GetString(3), State = rows.GetString(4),
                Targets = [.. JsonValueReader.Read(rows.GetString(5)).Items.Select(item => item.Text)], Error = rows.GetString(6), Gpus = rows.GetString(7).Split(',', StringSplitOptions.RemoveEmptyEntries),
                Created = rows.GetInt64(8), Started = rows.IsDBNull(9) ? null : rows.GetInt64(9), Ended = rows.IsDBNull(10) ? null : rows.GetInt64(10), Message = rows.GetString(11),
            });
        }

        return found;
    }

    private void Execute(string statement, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using SqliteCommand command = Command(statement, values);
        command.ExecuteNonQuery();
    }

    private object? Scalar(string statement, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using SqliteCommand command = Command(statement, values);
        return command.ExecuteScalar();
    }

#pragma warning disable CA2100 // Statements are this class's own; values are parameters.
    private SqliteCommand Command(string statement, ReadOnlySpan<(string Name, object? Value)> values)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = statement;
        foreach ((string name, object? value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
#pragma warning restore CA2100
}
