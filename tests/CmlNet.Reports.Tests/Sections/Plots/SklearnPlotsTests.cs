using CmlNet.Reports.Baselines;
using CmlNet.Reports.Charts.Confusion;
using CmlNet.Reports.Charts.Line;
using CmlNet.Reports.Charts.Rates;
using CmlNet.Reports.Model;

namespace CmlNet.Reports.Tests.Sections.Plots;

/// <summary>What DVCLive leaves outside of a DVC project.</summary>
public sealed class SklearnPlotsTests : IDisposable
{
    private const string Confusion = "[{\"actual\": \"cat\", \"predicted\": \"cat\"}, {\"actual\": \"cat\", \"predicted\": \"dog\"}, {\"actual\": \"dog\", \"predicted\": \"dog\"}]";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Build_PlotsAsDvcliveWritesThem_AreDrawnEachAsWhatItIs()
    {
        Write("run", "calibration.json", "{\"calibration\": [{\"prob_true\": 0.1, \"prob_pred\": 0.2}, {\"prob_true\": 0.8, \"prob_pred\": 0.9}]}");
        Write("run", "confusion_matrix.json", Confusion);
        Write("run", "det.json", "{\"det\": [{\"fpr\": 0.5, \"fnr\": 0.0, \"threshold\": 0.1}, {\"fpr\": 0.0, \"fnr\": 0.5, \"threshold\": 0.9}]}");
        Write("run", "precision_recall.json", "{\"precision_recall\": [{\"precision\": 0.5, \"recall\": 1.0, \"threshold\": 0.1}, {\"precision\": 1.0, \"recall\": 0.0}]}");
        Write("run", "train/roc.json", "{\"roc\": [{\"fpr\": 0.0, \"tpr\": 0.0, \"threshold\": Infinity}, {\"fpr\": 1.0, \"tpr\": 1.0, \"threshold\": 0.1}]}");
        ReportSection section = Section(Request());
        var charts = section.Blocks.Cast<ChartBlock>().Select(block => block.Chart).ToList();
        Assert.Equal([CalibrationChartData.KindName, ConfusionChartData.KindName, LineChartData.KindName, PrecisionRecallChartData.KindName, RocChartData.KindName], charts.Select(chart => chart.Kind));
        Assert.Equal(["Calibration", "Confusion matrix", "Detection error tradeoff", "Precision by recall", "ROC"], charts.Select(chart => chart.Title));
        Assert.Equal([1, 1, 0, 1], ((ConfusionChartData)charts[1]).Counts);
        Assert.Equal(["fpr", "fnr"], [((LineChartData)charts[2]).XName, ((LineChartData)charts[2]).YName]);
    }

    [Fact]
    public void Build_WithABaseline_DrawsBothSides()
    {
        const string Roc = "{\"roc\": [{\"fpr\": 0.0, \"tpr\": 0.0}, {\"fpr\": 1.0, \"tpr\": 1.0}]}";
        Write("run", "roc.json", Roc);
        Write("run", "confusion_matrix.json", Confusion);
        Write("before", "roc.json", Roc);
        Write("before", "confusion_matrix.json", Confusion);
        ReportSection section = Section(Request() with { Baseline = new BaselineRequest { Asked = "before", IsExplicit = true, Now = DateTimeOffset.UnixEpoch } });
        Assert.Equal(["Confusion matrix, baseline", "Confusion matrix", "ROC"], section.Blocks.Cast<ChartBlock>().Select(block => block.Chart.Title));
        Assert.Equal([false, true], ((RocChartData)((ChartBlock)section.Blocks[2]).Chart).Curves.Select(curve => curve.IsBaseline));
    }

    [Theory]
    [InlineData("{\"x\": [{\"a\": 1}]}", "holds no plot of scikit-learn that is known")]
    [InlineData("{\"roc\": [{\"fpr\": 0.0", "not readable as JSON")]
    [InlineData("[{\"fpr\": \"x\", \"tpr\": 1}]", "Not drawn")]
    public void Build_BrokenPlot_BecomesANote(string content, string expected)
    {
        Write("run", "roc.json", content);
        Assert.Contains(expected, Assert.IsType<NoteBlock>(Assert.Single(Section(Request()).Blocks)).Text, StringComparison.Ordinal);
    }

    private void Write(string side, string name, string content) => _folder.Write($"{side}/dvclive/plots/sklearn/{name}", content);

    private ReportRequest Request() => new() { Directory = Path.Combine(_folder.Path, "run"), WorkingDirectory = _folder.Path };

    private static ReportSection Section(ReportRequest request) => new ReportBuilder().Build(request, CancellationToken.None).Model.Sections.Single(section => section.Name == "plots");
}
