using CmlNet.Reports.Baselines;
using CmlNet.Reports.Charts.Line;
using CmlNet.Reports.Gates;
using CmlNet.Reports.Model;
using Microsoft.Data.Sqlite;

namespace CmlNet.Reports.Tests.Baselines;

/// <summary>Experiment trackers name their files anew with each run: the baseline's newest run is what this one is compared with.</summary>
public sealed class TrackerBaselineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Build_MlflowFileStores_ComparesTheNewestRunsByName()
    {
        Mlflow("before", "aaaa", 1, "run_name: calm-ape-1\n", "0.25");
        Mlflow("before", "cccc", 0, "run_name: older\n", "0.1");
        Mlflow("run", "aaaa", 1, "run_name: calm-ape-1\n", "0.25");
        Mlflow("run", "bbbb", 2, "run_name: 'kind-owl-2'\n", "0.75");
        BuiltReport built = Build();
        Assert.Equal([("MLflow run kind-owl-2", "accuracy", 0.5)], built.Facts.Metrics.Select(change => (change.File, change.Name, change.Difference!.Value))); // a number on both sides
        Assert.True(built.Facts.Gates[0].Passed, built.Facts.Gates[0].Reason);
    }

    [Fact]
    public void Build_MlflowDatabases_ReadsTheBaselinesOwn()
    {
        Database("before", "calm-ape-1", 0.25);
        Database("run", "kind-owl-2", 0.75);
        BuiltReport built = Build("mlflow.db");
        Assert.Equal([("MLflow run kind-owl-2", "accuracy", 0.5)], built.Facts.Metrics.Select(change => (change.File, change.Name, change.Difference!.Value))); // as above
        Assert.True(built.Facts.Gates[0].Passed, built.Facts.Gates[0].Reason);
    }

    [Fact]
    public void Build_FoldersOfOtherRuns_AreComparedWithTheirNewest()
    {
        foreach ((string side, int run, double value) in new[] { ("before", 0, 0.25), ("before", 3, 0.5), ("run", 7, 0.75) })
        {
            _folder.Write($"{side}/lightning_logs/version_{run}/metrics.csv", FormattableString.Invariant($"epoch,accuracy\n0,0.1\n1,{value}\n"));
            _folder.Write($"{side}/wandb/run-2026010{run + 1}_000000-a{run}/files/wandb-summary.json", FormattableString.Invariant($"{{\"f1\": {value}}}"));
            _folder.Write($"{side}/out/checkpoint-{run + 1}0/trainer_state.json", FormattableString.Invariant($"{{\"log_history\": [{{\"step\": 1, \"loss\": 2}}, {{\"step\": 2, \"loss\": {value}}}]}}"));
        }

        BuiltReport built = Build();
        Assert.Equal([("f1", 0.25)], built.Facts.Metrics.Select(change => (change.Name, change.Difference!.Value))); // as above
        IEnumerable<LineChartData> charts = built.Model.Sections.Single(section => section.Name == "curves").Blocks.OfType<ChartBlock>().Select(block => (LineChartData)block.Chart);
        Assert.Equal(["accuracy 0.75", "accuracy (baseline) 0.5", "loss 0.75", "loss (baseline) 0.5"], charts.SelectMany(chart => chart.Series).Select(series => FormattableString.Invariant($"{series.Name} {series.Y[^1]}")));
    }

    private BuiltReport Build(string? gateFile = null) => new ReportBuilder().Build(
        new ReportRequest
        {
            Directory = Path.Combine(_folder.Path, "run"), WorkingDirectory = _folder.Path,
            Baseline = new BaselineRequest { Asked = "before", IsExplicit = true, Now = DateTimeOffset.UnixEpoch },
            Gates = [new Gate { Name = "accuracy", File = gateFile, Min = 0.7 }],
        }, CancellationToken.None);

    private void Mlflow(string side, string id, long start, string name, string accuracy)
    {
        _folder.Write($"{side}/mlruns/0/{id}/meta.yaml", $"run_id: {id}\nstart_time: {start}\n{name}");
        _folder.Write($"{side}/mlruns/0/{id}/metrics/accuracy", $"1 {accuracy} 0\n");
    }

    private void Database(string side, string name, double accuracy)
    {
        SQLitePCL.Batteries_V2.Init();
        Directory.CreateDirectory(Path.Combine(_folder.Path, side));
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, side, "mlflow.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = FormattableString.Invariant($"""
            CREATE TABLE runs (run_uuid TEXT, name TEXT, start_time INTEGER, lifecycle_stage TEXT);
            CREATE TABLE metrics (key TEXT, value REAL, timestamp INTEGER, run_uuid TEXT, step INTEGER, is_nan BOOLEAN);
            CREATE TABLE params (key TEXT, value TEXT, run_uuid TEXT);
            INSERT INTO runs VALUES ('r', '{name}', 1, 'active');
            INSERT INTO metrics VALUES ('accuracy', {accuracy}, 1, 'r', 0, 0);
            """);
        command.ExecuteNonQuery();
    }
}
