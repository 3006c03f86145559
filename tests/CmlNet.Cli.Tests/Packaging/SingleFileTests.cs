using CmlNet.Cli.Tests.Commands.Run;
using Microsoft.Data.Sqlite;

namespace CmlNet.Cli.Tests.Packaging;

/// <summary>The published file as a job sees it: read-only, beside nothing, for a user without a home.</summary>
public sealed class SingleFileTests
{
    private static readonly Dictionary<string, string?> NoHome = new(StringComparer.Ordinal)
    {
        ["HOME"] = "/nonexistent",
        ["XDG_CACHE_HOME"] = null,
        ["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = null,
    };

    [SkippableFact]
    public async Task Binary_UserWithoutHome_Starts()
    {
        CmlBinary.Require();

        CmlResult result = await CmlProcess.RunAsync(Path.GetTempPath(), ["--version"], NoHome);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [SkippableFact]
    public async Task Report_MlflowDatabase_IsReadByTheLibraryWithin()
    {
        CmlBinary.Require();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cml-test-");
        try
        {
            WriteRun(Path.Combine(folder.FullName, "mlflow.db"));
            CmlResult result = await CmlProcess.RunAsync(folder.FullName, ["report"], NoHome);

            Assert.True(result.ExitCode == 0, result.ToString());
            Assert.Contains("0.875", result.Out, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The tables of MLflow's store that are read (mlflow/store/tracking/dbmodels/models.py).
    private static void WriteRun(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            """
            CREATE TABLE runs (run_uuid TEXT PRIMARY KEY, name TEXT, status TEXT, start_time INTEGER, end_time INTEGER, lifecycle_stage TEXT, experiment_id INTEGER);
            CREATE TABLE metrics (key TEXT, value REAL, timestamp INTEGER, run_uuid TEXT, step INTEGER, is_nan INTEGER);
            CREATE TABLE latest_metrics (key TEXT, value REAL, timestamp INTEGER, step INTEGER, is_nan INTEGER, run_uuid TEXT);
            CREATE TABLE params (key TEXT, value TEXT, run_uuid TEXT);
            CREATE TABLE tags (key TEXT, value TEXT, run_uuid TEXT);
            INSERT INTO runs VALUES ('r1', 'first', 'FINISHED', 1, 2, 'active', 1);
            INSERT INTO metrics VALUES ('accuracy', 0.875, 1, 'r1', 0, 0);
            INSERT INTO latest_metrics VALUES ('accuracy', 0.875, 1, 0, 0, 'r1');
            """;
        command.ExecuteNonQuery();
    }
}
