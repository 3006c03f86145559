using System.Text;
using CmlNet.Reports.Numbers;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Tests.Readers;

public sealed class MetricsReaderTests
{
    [Theory]
    [InlineData("classification_report.json", """{"cat": {"precision": 0.5, "recall": 1.0, "f1-score": 0.667, "support": 2.0}, "accuracy": 0.75, "macro avg": {"precision": 0.6}}""", "cat.precision 0.5; cat.recall 1; cat.f1-score 0.667; cat.support 2; accuracy 0.75; macro avg.precision 0.6")]
    [InlineData("metrics.json", """{"loss": NaN, "best": {"f1": Infinity, "epoch": 7}, "list": [1], "note": null}""", "loss nan; best.f1 inf; best.epoch 7")]
    [InlineData("metrics.yaml", "loss: .nan\nf1: 1e-5\nok: true\n", "loss nan; f1 1e-05; ok True")]
    [InlineData("metrics.toml", "loss = nan\n[best]\nf1 = 0.5\nepoch = 7\n", "loss nan; best.f1 0.5; best.epoch 7")]
    [InlineData("metrics.csv", "metric,value\nf1,0.5\nauc,0.75\n", "f1 0.5; auc 0.75")]
    [InlineData("all_results.json", """{"eval_loss": 0.5, "train_runtime": 12.0}""", "eval_loss 0.5; train_runtime 12")]
    public void Read_EveryForm_GivesNamedNumbers(string name, string content, string expected)
    {
        var file = new ArtifactFile { FullPath = "/" + name, Path = name, IsNamed = false, Content = Encoding.UTF8.GetBytes(content) };
        var reader = new MetricsReader();
        Assert.True(reader.Recognises(file));
        var metrics = (MetricsArtifact)reader.Read(file, CancellationToken.None);
        Assert.Equal(expected, string.Join("; ", metrics.Values.Select(value => $"{value.Key} {FiveDigits.Format(value.Value)}")));
    }
}
