using Microsoft.Data.Sqlite;

namespace CmlNet.Reports.Readers.Mlflow;

/// <summary>MLflow's SQLite store, MLflow's default since 3.7: the newest run that was not deleted.</summary>
internal static class MlflowDatabase
{
    private const int MostRows = 10_000_000;

    public static bool IsDatabase(ArtifactFile file) => file.Suffix is ".db" or ".sqlite" or ".sqlite3" && file.Head.StartsWith("SQLite format 3\0", StringComparison.Ordinal);

    /// <exception cref="ArtifactException">Not a database, or not MLflow's.</exception>
    public static RunArtifact Read(ArtifactFile file, CancellationToken cancellationToken)
    {
        if (file.Content is { } content)
            return ReadCopy(file, content, cancellationToken);
        SQLitePCL.Batteries_V2.Init();
        var connectionString = new SqliteConnectionStringBuilder { DataSource = file.FullPath, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        try
        {
            using var connection = new SqliteConnection(connectionString.ConnectionString);
            connection.Open();
            // Views and triggers of a file that a job left are not to be trusted.
            Execute(connection, "PRAGMA trusted_schema = OFF");
            Execute(connection, "PRAGMA query_only = ON");
            return Read(connection, file.Path, cancellationToken);
        }
        catch (SqliteException e)
        {
            throw new ArtifactException($"not readable as MLflow's database: {e.Message}", innerException: e);
        }
        catch (InvalidCastException e)
        {
            throw new ArtifactException("a column of MLflow's tables holds another type than MLflow writes", innerException: e);
        }
    }

    // What it held at another revision is no file yet.
    private static RunArtifact ReadCopy(ArtifactFile file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("cml-mlflow-").FullName;
        try
        {
            string copy = Path.Combine(folder, "mlflow.db");
            File.WriteAllBytes(copy, content.Span);
            return Read(new ArtifactFile { FullPath = copy, Path = file.Path, IsNamed = file.IsNamed }, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static RunArtifact Read(SqliteConnection connection, string path, CancellationToken cancellationToken)
    {
        string run = Ask(connection, "SELECT run_uuid FROM runs WHERE coalesce(lifecycle_stage, 'active') <> 'deleted' ORDER BY start_time DESC, run_uuid LIMIT 1") as string
            ?? throw new ArtifactException("holds no run");
        var built = new MlflowRun { Name = Name(connection, "SELECT value FROM tags WHERE key = 'mlflow.runName' AND run_uuid = $run", run) ?? Name(connection, "SELECT name FROM runs WHERE run_uuid = $run", run) };
        Each(connection, "SELECT key, step, timestamp, value, is_nan FROM metrics WHERE run_uuid = $run", run, row =>
            built.AddMetric(row.GetString(0), row.IsDBNull(1) ? 0 : row.GetInt64(1), row.IsDBNull(2) ? 0 : row.GetInt64(2), !row.IsDBNull(4) && row.GetBoolean(4) ? double.NaN : row.GetDouble(3)), cancellationToken);
        Each(connection, "SELECT key, value FROM params WHERE run_uuid = $run", run, row => built.AddParam(row.GetString(0), row.GetString(1)), cancellationToken);
        return built.Build(path);
    }

    private static void Each(SqliteConnection connection, string query, string run, Action<SqliteDataReader> add, CancellationToken cancellationToken)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = query;
        command.Parameters.AddWithValue("$run", run);
        using SqliteDataReader reader = command.ExecuteReader();
        for (int row = 0; reader.Read(); row++)
        {
            if ((row & 0xFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (row == MostRows)
                throw new ArtifactException($"more than {MostRows} values in one run");
            add(reader);
        }
    }

    private static void Execute(SqliteConnection connection, string statement)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    // A run without a name is still a run, and so is one of a database without the table.
    private static string? Name(SqliteConnection connection, string query, string run)
    {
        try
        {
            string? name = null;
            Each(connection, query, run, row => name = row.IsDBNull(0) ? null : row.GetString(0), CancellationToken.None);
            return string.IsNullOrWhiteSpace(name) ? null : name;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_ERROR)
        {
            return null;
        }
    }

    private static object? Ask(SqliteConnection connection, string query)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = query;
        return command.ExecuteScalar();
    }
}
