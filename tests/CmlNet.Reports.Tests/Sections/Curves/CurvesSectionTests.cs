using System.Globalization;
using CmlNet.Reports.Charts.Line;
using CmlNet.Reports.Configuration;
using CmlNet.Reports.Model;

namespace CmlNet.Reports.Tests.Sections.Curves;

public sealed class CurvesSectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("loss", "100 10 1 0.1 0.01 0.001")]
    [InlineData("val_loss", "5000 2 1 0.9 0.8")] // the first steps of a training that began badly
    [InlineData("lr", "0.1 0.1 0.001 0.001 0.0001 0.0001")]
    [InlineData("lr-AdamW", "0.1 0.1 0.001 0.001 0.0001 0.0001")]
    [InlineData("train/learning_rate", "0.1 0.1 0.001 0.001 0.0001 0.0001")]
    [InlineData("grad_norm", "1000 100 10 1 0.9")]
    public void Build_LossOverDecades_IsDrawnOnALogarithmicAxisAndSaysSo(string name, string values)
    {
        LineChartData chart = Chart(name, values);
        Assert.True(chart.IsYLog);
        Assert.EndsWith(" (logarithmic)", chart.YName, StringComparison.Ordinal);
        Assert.Contains(", logarithmic y axis: ", new LineChart().Describe(chart), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("loss", "100 50 1 0.2 0.15 0.11")] // not three decades
    [InlineData("loss", "100 10 1 0.1 0.01 0")] // nothing above 0 for a logarithm
    [InlineData("loss", "100 10 1 0.1 0.01 -0.001")]
    [InlineData("lr", "1 0.9 0.8 0.7 0.6 0.5 0.4 0.3 0.2 0.1 0.0001")] // a straight line, which a logarithmic axis would bend
    [InlineData("accuracy", "0.9 0.1 0.001 0.0001 0.0001")]
    [InlineData("throughput", "1000 10 1 0.1 0.1")]
    [InlineData("loss", "1000 0.5 0.1")] // too few to say
    public void Build_OtherCurves_AreDrawnOnALinearAxis(string name, string values)
    {
        LineChartData chart = Chart(name, values);
        Assert.False(chart.IsYLog);
        Assert.Equal("", chart.YName);
    }

    [Theory]
    [InlineData("loss", "100 10 1 0.1 0.01 0.001", false)]
    [InlineData("accuracy", "0.9 0.5", true)]
    public void Build_AxisAskedFor_IsTaken(string name, string values, bool isLog) =>
        Assert.Equal(isLog, Chart(name, values, isLog ? "true" : "false").IsYLog);

    [Fact]
    public void Build_LongLearningRate_IsNotSmoothed()
    {
        LineChartData chart = Chart("lr", string.Join(' ', Enumerable.Range(0, 200).Select(i => i < 100 ? "0.1" : "0.0001")));
        Assert.Equal([0.1, 0.0001], Assert.Single(chart.Series).Y.Distinct());
    }

    [Fact]
    public void Build_LongLossOverDecades_IsSmoothedByTheGeometricMeanAndToldAsLogged()
    {
        LineChartData chart = Chart("loss", string.Join(' ', Enumerable.Range(0, 120).Select(i => i < 60 ? "1000" : "0.001")));
        Assert.Equal(["loss raw", "loss"], chart.Series.Select(series => series.Name));
        double[] after = [.. chart.Series[1].Y.Skip(60).Take(2)]; // of the logarithms 3 and -3, 0.6 of the first remains
        Assert.Equal([Math.Pow(10, 0.6), Math.Pow(10, -0.84)], [.. after.Select(value => Math.Round(value, 10))], (expected, actual) => Math.Abs(expected - actual) < 1e-9);
        Assert.Contains("loss from 1000 to 0.001 in 120 points (lowest 0.001 at 60, highest 1000 at 0)", new LineChart().Describe(chart), StringComparison.Ordinal);
    }

    private LineChartData Chart(string name, string values, string? log = null)
    {
        string[] rows = values.Split(' ');
        _folder.Write("history.csv", $"epoch,{name}\n" + string.Concat(rows.Select((value, i) => string.Create(CultureInfo.InvariantCulture, $"{i},{value}\n"))));
        var request = new ReportRequest { Directory = _folder.Path, WorkingDirectory = _folder.Path };
        if (log is not null)
            request = request with { Configuration = ReportConfiguration.Parse($"report:\n  sections:\n    - curves: {{files: history.csv, log-y: {log}}}\n", "cml.yaml", _folder.Path) };
        ReportSection section = new ReportBuilder().Build(request, CancellationToken.None).Model.Sections.Single(section => section.Name == "curves");
        return Assert.IsType<LineChartData>(Assert.IsType<ChartBlock>(section.Blocks[0]).Chart);
    }
}
