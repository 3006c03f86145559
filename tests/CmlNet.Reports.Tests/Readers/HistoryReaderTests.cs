using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Tests.Readers;

public sealed class HistoryReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("h.csv", "epoch,loss,lr,msg\n0,2,0.1,x\n1,NA,,y\n2,nan,0.2,z\n", "epoch: loss (0,2) (2,nan); lr (0,0.1) (2,0.2)")]
    [InlineData("keras.csv", "epoch;loss;val_loss\n0;1;\n1;0.5;0.7\n", "epoch: loss (0,1) (1,0.5); val_loss (1,0.7)")]
    [InlineData("training.log", "epoch,accuracy,loss\n0,0.5,1\n1,NA,0.5\n", "epoch: accuracy (0,0.5); loss (0,1) (1,0.5)")]
    [InlineData("h.json", "{\"loss\": [1, NaN, 0.5], \"val_loss\": [2, 1, 0.9]}", "epoch: loss (0,1) (1,nan) (2,0.5); val_loss (0,2) (1,1) (2,0.9)")]
    [InlineData("h.json", "[{\"step\": 10, \"loss\": 1}, {\"step\": 20, \"eval_loss\": 2}, {\"step\": 20, \"train_runtime\": 9}]", "step: loss (10,1); eval_loss (20,2)")]
    [InlineData("trainer_state.json", "{\"epoch\": 1, \"log_history\": [{\"epoch\": 0.5, \"step\": 5, \"loss\": 3}]}", "step: loss (5,3)")]
    [InlineData("trainer_state.json", "{\"log_history\": [{\"step\": 5, \"loss\": 3}, {\"step\": 9, \"train_loss\": 1.5, \"train_runtime\": 7}]}", "step: loss (5,3)")]
    [InlineData("h.jsonl", "{\"epoch\": 0, \"loss\": 1}\r\n\r\n{\"epoch\": 1, \"loss\": Infinity}\r\n", "epoch: loss (0,1) (1,inf)")]
    [InlineData("loss.json", "[3, 2, 1]", "epoch: loss (0,3) (1,2) (2,1)")]
    [InlineData("metrics.csv", "\uFEFFepoch,step,train_loss_step,val_loss,timestamp\n0,0,1,,9\n0,50,0.9,,9\n0,99,,0.8,9\n", "step: train_loss_step (0,1) (50,0.9); val_loss (99,0.8)")]
    public void Read_Form_GivesSparseSeries(string name, string content, string expected)
    {
        var file = new ArtifactFile { FullPath = _folder.Write(name, content), Path = name, IsNamed = true };
        var history = (HistoryArtifact)new HistoryReader().Read(file, CancellationToken.None);
        Assert.Equal(expected, $"{history.XName}: {string.Join("; ", history.Series.Select(Text))}");
    }

    [Fact]
    public void Read_CellsThatAreNoNumbers_AreTold()
    {
        var file = new ArtifactFile { FullPath = _folder.Write("h.csv", "epoch,loss,acc,f1\n1,0.5,1,nan\n2,abc,1,1\n3,0.1,1,nan\n"), Path = "h.csv", IsNamed = true };
        Artifact history = new HistoryReader().Read(file, CancellationToken.None);
        Assert.Equal(["column 'loss' is left out: 'abc' in line 3 is not a number", "column 'f1' holds 2 NaN in 3 values"], history.Warnings);
    }

    private static string Text(HistorySeries series) => $"{series.Name} {string.Join(' ', series.X.Zip(series.Y, (x, y) => $"({Reports.Numbers.FiveDigits.Format(x)},{Reports.Numbers.FiveDigits.Format(y)})"))}";
}
