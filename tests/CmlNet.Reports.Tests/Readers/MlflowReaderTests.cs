using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.Mlflow;
using Microsoft.Data.Sqlite;

namespace CmlNet.Reports.Tests.Readers;

public sealed class MlflowReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_FileStore_TakesTheNewestRun()
    {
        Run("aaaa", 2000, ("accuracy", "1 0.5 0\n2 0.75 1\n3 0.7 1\n"), ("train/loss", "1 2.5\n"));
        Run("bbbb", 1000, ("accuracy", "1 0.1 0\n"));
        string newest = Assert.IsType<string>(MlflowStore.NewestRun(Path.Combine(_folder.Path, "mlruns")));
        Assert.Contains("aaaa", newest, StringComparison.Ordinal);
        var run = (RunArtifact)Read(newest);
        Assert.Equal(["accuracy 0.7", "train/loss 2.5"], run.Metrics!.Values.Select(metric => $"{metric.Key} {metric.Value.Number}")); // of step 1 the later time
        Assert.Equal(["lr 0.1", "opt adam"], run.Params!.Values.Select(param => $"{param.Key} {Reports.Numbers.ValueText.Of(param.Value)}")); // both are there: asserted by the line before
        HistorySeries curve = Assert.Single(run.History!.Series); // a metric logged once is no curve
        Assert.Equal([0, 1, 1], curve.X);
    }

    [Theory]
    [InlineData("tag-name", "run_name: other\n", "MLflow run tag-name")]
    [InlineData(null, "run_name: \"quoted: name\"\n", "MLflow run quoted: name")]
    [InlineData(null, "run_name: ''\n", "meta.yaml")]
    [InlineData(null, "", "meta.yaml")]
    [InlineData(null, "run_name: [unclosed\n", "meta.yaml")]
    [InlineData("\u001b[31m", "", "MLflow run U+001B[31m")]
    public void Read_FileStore_IsCalledByTheRunsName(string? tag, string meta, string expected)
    {
        Run("aaaa", 1, ("accuracy", "1 0.5 0\n"));
        string file = _folder.Write("mlruns/0/aaaa/meta.yaml", $"start_time: 1\n{meta}");
        if (tag is not null)
            _folder.Write("mlruns/0/aaaa/tags/mlflow.runName", tag);
        var run = (RunArtifact)Read(file);
        Assert.Equal((expected, expected, "meta.yaml"), (run.Path, run.Metrics!.Path, run.Metrics.Source)); // it logged one
    }

    [Theory]
    [InlineData("CREATE TABLE tags (key TEXT, value TEXT, run_uuid TEXT); INSERT INTO tags VALUES ('mlflow.runName', 'calm-ape', 'new'), ('mlflow.user', 'x', 'new'), ('mlflow.runName', 'other', 'old')", "MLflow run calm-ape")]
    [InlineData("ALTER TABLE runs ADD COLUMN name TEXT; UPDATE runs SET name = 'kind-owl'", "MLflow run kind-owl")]
    [InlineData("CREATE TABLE tags (key TEXT, value TEXT, run_uuid TEXT)", "mlflow.db")]
    public void Read_Database_IsCalledByTheRunsName(string statement, string expected) =>
        Assert.Equal(expected, Read(Database("INSERT INTO runs VALUES ('new', 5, 'active')", "INSERT INTO params VALUES ('depth', '7', 'new')", statement)).Path);

    [Fact]
    public void Read_FileStoreWithABadLine_SaysWhichAndKeepsTheRest()
    {
        Run("aaaa", 1, ("accuracy", "1 0.5 0\nnonsense\n2 0.75 1 more fields\n"));
        var run = (RunArtifact)Read(MlflowStore.NewestRun(Path.Combine(_folder.Path, "mlruns"))!); // the run just written
        Assert.Equal(["metrics/accuracy:2: not 'timestamp value step'; the line is left out"], run.Warnings);
        Assert.Equal(0.75, run.Metrics!.Values[0].Value.Number); // accuracy is there
    }

    [Fact]
    public void Read_Database_TakesTheNewestRunThatIsNotDeleted()
    {
        string path = Database(
            "INSERT INTO runs VALUES ('old', 1, 'active'), ('new', 5, 'active'), ('gone', 9, 'deleted')",
            "INSERT INTO metrics VALUES ('loss', 2.0, 1, 'new', 0, 0), ('loss', 1.0, 2, 'new', 1, 0), ('f1', 0.0, 2, 'new', 0, 1), ('loss', 9.0, 1, 'old', 0, 0)",
            "INSERT INTO params VALUES ('depth', '7', 'new')");
        var run = (RunArtifact)Read(path);
        Assert.Equal(["f1 NaN", "loss 1"], run.Metrics!.Values.Select(metric => $"{metric.Key} {metric.Value.Number}"));
        Assert.Equal(7, run.Params!.Values[0].Value.Integer);
        Assert.Equal([2, 1], run.History!.Series[0].Y);
    }

    [Fact]
    public void Read_DatabaseOfSomethingElse_SaysSo()
    {
        string path = Database();
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            Execute(connection, "DROP TABLE runs");
        }

        Assert.Contains("not readable as MLflow's database: SQLite Error 1: 'no such table: runs'", Assert.Throws<ArtifactException>(() => Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BrokenDatabase_SaysSo()
    {
        string path = Database();
        byte[] bytes = File.ReadAllBytes(path);
        Array.Fill(bytes, (byte)0xFF, 100, bytes.Length - 100);
        File.WriteAllBytes(path, bytes);
        Assert.Contains("not readable as MLflow's database", Assert.Throws<ArtifactException>(() => Read(path)).Message, StringComparison.Ordinal);
    }

    private static Artifact Read(string path)
    {
        var file = new ArtifactFile { FullPath = path, Path = Path.GetFileName(path), IsNamed = true };
        var reader = new MlflowReader();
        Assert.True(reader.Recognises(file));
        return reader.Read(file, CancellationToken.None);
    }

    private void Run(string id, long start, params (string Key, string Lines)[] metrics)
    {
        _folder.Write($"mlruns/0/{id}/meta.yaml", $"artifact_uri: x\nrun_id: {id}\nstart_time: {start}\nstatus: 3\n");
        _folder.Write($"mlruns/0/{id}/params/lr", "0.1");
        _folder.Write($"mlruns/0/{id}/params/opt", "adam");
        foreach ((string key, string lines) in metrics)
            _folder.Write($"mlruns/0/{id}/metrics/{key}", lines);
    }

    private string Database(params string[] statements)
    {
        SQLitePCL.Batteries_V2.Init();
        string path = Path.Combine(_folder.Path, "mlflow.db");
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute(connection, "CREATE TABLE runs (run_uuid TEXT, start_time INTEGER, lifecycle_stage TEXT)");
        Execute(connection, "CREATE TABLE metrics (key TEXT, value REAL, timestamp INTEGER, run_uuid TEXT, step INTEGER, is_nan BOOLEAN)");
        Execute(connection, "CREATE TABLE params (key TEXT, value TEXT, run_uuid TEXT)");
        foreach (string statement in statements)
            Execute(connection, statement);
        return path;
    }

    private static void Execute(SqliteConnection connection, string statement)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
