using System.Text;
using System.Xml.Linq;
using CmlNet.Reports.Charts;
using CmlNet.Reports.Charts.Drawing;
using CmlNet.Reports.Charts.Line;
using CmlNet.Reports.Plots;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Tests.Plots;

public sealed class PlotBuilderTests
{
    private const string Csv = "step,loss,val_loss,site,y_true,y_pred,y_score\n0,1.0,1.2,oslo,0,0,0.1\n1,0.5,0.8,oslo,0,1,0.4\n2,0.25,NaN,bonn,1,0,0.35\n3,0.2,0.6,bonn,1,1,0.8\n";
    private static readonly ChartSet Charts = new(ReportServices.Charts);

    public static TheoryData<string, string> Kinds => new()
    {
        { "line", "loss from 1 to 0.2 in 4 points (lowest 0.2 at 3, highest 1 at 0); val_loss from 1.2 to 0.6 in 3 points" },
        { "linear", "Line chart data.csv by step: y_score from 0.1 to 0.8 in 4 points" },
        { "simple", "y_score from 0.1 to 0.8" },
        { "smooth", "y_score from 0.1 to" },
        { "scatter", "y_score by step: y_score 4 points, step 0 to 3, y_score 0.1 to 0.8" },
        { "scatter_jitter", "y_score by step" },
        { "bar", "oslo" },
        { "bar_horizontal", "Bar chart data.csv (step)" },
        { "bar_horizontal_sorted", "0.8 3; 0.35 2; 0.4 1; 0.1 0" },
        { "histogram", "step 4 values" },
        { "box", "loss median 0.375, half of 4 from 0.2375 to 0.625" },
        { "confusion", "2 of 4 right (accuracy 0.5)" },
        { "confusion_normalized", "rows actual, columns predicted" },
        { "roc", "y_score AUC 0.75" },
        { "pr", "y_score average precision 0.83333" },
        { "calibration", "expected calibration error" },
        { "residuals", "4 cases: mean 0, root mean square 0.70711, from -1 to 1" },
        { "heatmap", "4 rows (site)" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Build_EveryKind_FindsItsColumns(string kind, string expected)
    {
        ChartData data = Build(kind, Csv);
        Assert.Contains(expected, Charts.Describe(data), StringComparison.Ordinal);
        Assert.NotNull(XDocument.Parse(Charts.Render(data, ChartTheme.Dark)).Root);
    }

    [Fact]
    public void Kinds_TestedHere_AreAllThereAre() => Assert.Equal(PlotKinds.All.Order(StringComparer.Ordinal), Kinds.Select(row => (string)row[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void Build_LineWithBaseline_DrawsItDashedInTheSameColour()
    {
        var options = new PlotOptions { Kind = "line", Y = ["loss"] };
        var line = Assert.IsType<LineChartData>(PlotBuilder.Build(options, [new("", File("run.csv", Csv)), new("baseline", File("old.csv", Csv), IsBaseline: true)], CancellationToken.None));
        Assert.Equal(["loss", "loss (baseline)"], line.Series.Select(series => series.Name));
        Assert.Equal((true, 0), (line.Series[1].IsDashed, line.Series[1].Color));
    }

    [Theory]
    [InlineData("h.json", """{"loss": [3, 2, NaN], "val_loss": [4, 3, 2]}""", "loss from 3 to 2 in 2 points")]
    [InlineData("h.json", """[{"epoch": 1, "loss": 3}, {"epoch": 2, "loss": 1}]""", "by epoch: loss from 3 to 1")]
    [InlineData("h.json", """{"train": [{"loss": "3"}, {"loss": "1"}], "x": {"more": [{"acc": 0.5}, {"acc": 0.75}]}}""", "loss from 3 to 1 in 2 points (lowest 1 at 1, highest 3 at 0); acc from 0.5 to 0.75")]
    [InlineData("h.jsonl", "{\"step\": 1, \"loss\": 3}\n{\"step\": 5, \"loss\": 1}\n", "by step: loss from 3 to 1 in 2 points (lowest 1 at 5")]
    [InlineData("h.tsv", "step\tloss\n1\t3\n2\t1\n", "loss from 3 to 1")]
    [InlineData("h.yaml", "- {epoch: 1, loss: 3}\n- {epoch: 2, loss: 1}\n", "by epoch: loss from 3 to 1")]
    public void Build_LineOfEveryFormat_FindsTheRows(string name, string text, string expected) =>
        Assert.Contains(expected, Charts.Describe(PlotBuilder.Build(new PlotOptions { Kind = "line" }, [new("", File(name, text))], CancellationToken.None)), StringComparison.Ordinal);

    [Fact]
    public void Build_RocOfDvcliveFile_TakesItsPoints()
    {
        ChartData roc = PlotBuilder.Build(new PlotOptions { Kind = "roc" }, [new("", File("roc.json", """{"roc": [{"fpr": 0, "tpr": 0, "threshold": Infinity}, {"fpr": 0.5, "tpr": 1, "threshold": 0.2}]}"""))], CancellationToken.None);
        Assert.Contains("2 points", Charts.Describe(roc), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("line", "nope", "no column 'nope' (-y). Columns: step, loss")]
    [InlineData("line", "site", "data.csv:2: 'oslo' in column 'site' is not a number")]
    [InlineData("roc", "loss", "no row of 'y_true' is 'cat'")]
    public void Build_WrongColumn_SaysWhatAndWhere(string kind, string y, string expected)
    {
        var options = new PlotOptions { Kind = kind, Y = [y], Value = kind == "roc" ? "cat" : null };
        ReportInputException error = Assert.Throws<ReportInputException>(() => PlotBuilder.Build(options, [new("", File("data.csv", Csv))], CancellationToken.None));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data.json", "{broken", "data.json:1:2")]
    [InlineData("data.json", "{}", "holds no rows to plot")]
    [InlineData("data.csv", "", "the file is empty")]
    public void Build_BrokenFile_SaysWhatAndWhere(string name, string text, string expected)
    {
        ReportInputException error = Assert.Throws<ReportInputException>(() => PlotBuilder.Build(new PlotOptions { Kind = "line" }, [new("", File(name, text))], CancellationToken.None));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ColumnUsedTwice_IsReadOnce()
    {
        var bar = Assert.IsType<Reports.Charts.Bar.BarChartData>(PlotBuilder.Build(new PlotOptions { Kind = "bar", X = "n", Y = ["n"] }, [new("", File("b.json", """[{"n": 3}, {"n": 5}]"""))], CancellationToken.None));
        Assert.Equal([("3", 3.0), ("5", 5.0)], bar.Bars.Select(one => (one.Label, one.Value)));
    }

    [Fact]
    public void Build_ConfusionWithMissingLabels_LeavesTheRowsOut() =>
        Assert.Contains("1 of 2 right", Charts.Describe(Build("confusion", "y_true,y_pred\na,a\n,a\nb,NaN\nb,a\n")), StringComparison.Ordinal);

    [Fact]
    public void Build_ScatterOfIds_IsRefused()
    {
        string rows = "id,n\n" + string.Concat(Enumerable.Range(0, 600).Select(i => $"row {i},{i}\n"));
        ReportInputException error = Assert.Throws<ReportInputException>(() => PlotBuilder.Build(new PlotOptions { Kind = "scatter", X = "id" }, [new("", File("s.csv", rows))], CancellationToken.None));
        Assert.Contains("600 different words in id", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_HeatmapOfPairs_TakesTheMeanOfEach()
    {
        const string rows = "lr,depth,score\n0.1,2,1\n0.1,2,3\n0.01,10,5\n";
        var map = Assert.IsType<Reports.Charts.Heatmap.HeatmapChartData>(PlotBuilder.Build(new PlotOptions { Kind = "heatmap", X = "lr", Y = ["depth"] }, [new("", File("grid.csv", rows))], CancellationToken.None));
        Assert.Equal(["0.01", "0.1"], map.Columns); // by value
        Assert.Equal(["2", "10"], map.Rows);
        Assert.Equal([double.NaN, 2, 5, double.NaN], map.Values);
        Assert.Equal("mean of score", map.ValueName);
    }

    private static ChartData Build(string kind, string csv) => PlotBuilder.Build(new PlotOptions { Kind = kind }, [new("", File("data.csv", csv))], CancellationToken.None);

    private static ArtifactFile File(string name, string text) => new() { FullPath = "/" + name, Path = name, IsNamed = true, Content = Encoding.UTF8.GetBytes(text) };
}
