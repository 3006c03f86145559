using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Tests.Readers;

public sealed class ArtifactDiscoveryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Search_TrackersFolders_FindsTheNewestOfEach()
    {
        _folder.Write("lightning_logs/version_9/metrics.csv", "epoch,step,loss\n0,1,1\n");
        _folder.Write("lightning_logs/version_10/metrics.csv", "epoch,step,loss\n0,1,1\n");
        _folder.Write("lightning_logs/version_10/hparams.yaml", "lr: 0.1\n");
        _folder.Write("output/checkpoint-500/trainer_state.json", "{}");
        _folder.Write("output/checkpoint-1000/trainer_state.json", "{\"log_history\": [{\"step\": 1, \"loss\": 2}]}");
        _folder.Write("my_model/checkpoint-20/trainer_state.json", "{\"log_history\": [{\"step\": 1, \"loss\": 2}]}");
        _folder.Write("my_model/all_results.json", "{\"eval_loss\": 2}");
        _folder.Write("my_model/tokenizer.json", "{}");
        _folder.Write("dvclive/plots/images/sample.svg", "<svg/>");
        _folder.Write("dvclive/plots/sklearn/train/roc.json", "{\"roc\": []}");
        _folder.Write("wandb/run-20260101_000000-a/files/wandb-summary.json", "{}");
        _folder.Write("wandb/run-20260202_000000-b/files/wandb-summary.json", "{\"acc\": 0.5, \"_step\": 3, \"hist\": {\"_type\": \"histogram\", \"values\": 1}}");
        _folder.Write("wandb/run-20260202_000000-b/files/config.yaml", "wandb_version: 1\nlr:\n  value: 0.25\n_wandb:\n  value: {x: 1}\n");
        _folder.Write("dvclive/metrics.json", "{\"acc\": 1}");
        _folder.Write("dvclive/plots/metrics/train/loss.tsv", "step\tloss\n0\t1\n1\t0.5\n");
        _folder.Write("runs/exp1/events.out.tfevents.1.h.1.0", "x");
        _folder.Write("runs/exp1/events.out.tfevents.2.h.1.0", "x");
        _folder.Write("mlruns/0/r1/meta.yaml", "start_time: 1\n");
        _folder.Write("mlruns/0/r1/metrics/acc", "1 0.5 0\n");
        _folder.Write("results.xml", "<testsuites/>");
        _folder.Write("pom.xml", "<project/>");
        _folder.Write("notes.json", "{}");
        (var found, var skipped) = new ArtifactDiscovery(ReportServices.Readers).Search(new ReportRequest { Directory = _folder.Path, WorkingDirectory = _folder.Path });
        Assert.Equal(
            ["dvclive/metrics.json (metrics)", "dvclive/plots/images/sample.svg (images)", "dvclive/plots/metrics/train/loss.tsv (history)", "dvclive/plots/sklearn/train/roc.json (plots)", "lightning_logs/version_10/hparams.yaml (params)", "lightning_logs/version_10/metrics.csv (history)",
            "mlruns/0/r1/meta.yaml (mlflow)", "my_model/all_results.json (metrics)", "my_model/checkpoint-20/trainer_state.json (history)", "output/checkpoint-1000/trainer_state.json (history)", "results.xml (tests)", "runs/exp1/events.out.tfevents.1.h.1.0 (history)",
            "wandb/run-20260202_000000-b/files/config.yaml (params)", "wandb/run-20260202_000000-b/files/wandb-summary.json (metrics)"],
            found.Select(file => $"{file.File.Path} ({file.Reader.Name})").Order(StringComparer.Ordinal));
        Assert.Equal(["notes.json (not a known kind)"], skipped);
    }

    [Fact]
    public void Read_WandbFiles_LeaveBookkeepingOut()
    {
        var summary = new ArtifactFile { FullPath = _folder.Write("wandb-summary.json", "{\"acc\": 0.5, \"_step\": 3, \"hist\": {\"_type\": \"histogram\", \"values\": 1}, \"loss\": {\"min\": 0.25}}"), Path = "s", IsNamed = true };
        Assert.Equal(["acc", "loss.min"], ((MetricsArtifact)new MetricsReader().Read(summary, CancellationToken.None)).Values.Select(value => value.Key));
        var config = new ArtifactFile { FullPath = _folder.Write("config.yaml", "wandb_version: 1\nlr:\n  value: 0.25\n_wandb:\n  value: {x: 1}\n"), Path = "c", IsNamed = true };
        Assert.Equal(["lr"], ((ParamsArtifact)new ParamsReader().Read(config, CancellationToken.None)).Values.Select(value => value.Key));
    }

    [Fact]
    public void Build_BrokenTrackerFiles_BecomeNotesAndTheRestIsReported()
    {
        _folder.Write("runs/a/events.out.tfevents.1.h.1.0", "not a record at all, but long enough");
        _folder.Write("mlruns/0/r1/meta.yaml", "start_time: 1\n");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "mlruns/0/r1/metrics"));
        _folder.Write("metrics.json", "{\"acc\": 0.5}");
        BuiltReport built = new ReportBuilder().Build(new ReportRequest { Directory = _folder.Path, WorkingDirectory = _folder.Path }, CancellationToken.None);
        Assert.Equal(["metrics", "curves"], built.Model.Sections.Select(section => section.Name));
        Assert.Contains(built.Messages, message => message.Text.Contains("checksum of a record's length is wrong", StringComparison.Ordinal) || message.Text.Contains("holds no curve", StringComparison.Ordinal));
        Assert.Contains(built.Messages, message => message.Text.Contains("neither metrics nor parameters", StringComparison.Ordinal));
        Assert.Contains(built.Facts.Metrics, metric => metric.Name == "acc");
    }
}
