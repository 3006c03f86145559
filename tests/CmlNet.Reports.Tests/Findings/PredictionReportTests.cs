using System.Globalization;
using System.Text;
using CmlNet.Reports.Baselines;
using CmlNet.Reports.Configuration;
using CmlNet.Reports.Gates;
using CmlNet.Reports.Markdown;

namespace CmlNet.Reports.Tests.Findings;

/// <summary>Whole reports on predictions with a baseline.</summary>
public sealed class PredictionReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Build_ClassifierWithEverythingConfigured_EqualsGolden()
    {
        Skip.IfNot(Reports.Charts.Drawing.SvgRasterizer.IsAvailable, Reports.Charts.Drawing.SvgRasterizer.InstallHint);
        _folder.Write("run/predictions.csv", Spam(400, 0.9, 3));
        _folder.Write("before/predictions.csv", Spam(400, 0.75, 4));
        BuiltReport built = Build("""
            report:
              title: Spam
              sections:
                - classification: {predictions: predictions.csv, actual: y_true, predicted: y_pred, probability: "p_*", positive: spam, slices: [site, age], id: key, tags: why}
              gates:
                - {metric: accuracy, min: 0.8, max-drop: 0.01, significance: 0.05}
                - {metric: f1, margin: 0.05}
                - {metric: roc_auc, significance: 0.05, level: warn}
                - {slice: site, metric: accuracy, min: 0.85, min-n: 50, level: warn}
            """);
        Assert.Empty(built.Messages);
        GoldenFile.Check("tests/CmlNet.Reports.Tests/Golden/classification.md", Markdown(built));
    }

    [Fact]
    public void Build_RegressionWithSlices_EqualsGolden()
    {
        _folder.Write("run/p.csv", Prices(0.8));
        _folder.Write("before/p.csv", Prices(1));
        BuiltReport built = Build("""
            report:
              sections:
                - regression: {predictions: p.csv, slices: [region]}
              gates:
                - {metric: rmse, max-rise: 1%, significance: 0.05}
                - {metric: mae, margin: 0.1}
                - {slice: region, metric: mae, max: 1}
            """);
        GoldenFile.Check("tests/CmlNet.Reports.Tests/Golden/regression.md", Markdown(built));
    }

    [Theory]
    [InlineData("{metric: accuracy, max-drop: 0.001, significance: 0.05}", true, "")] // one row in 200 is chance
    [InlineData("{metric: accuracy, max-drop: 0.001}", false, "fell by 0.005, allowed 0.001")]
    [InlineData("{metric: accuracy, margin: 0.03}", true, "")]
    [InlineData("{metric: accuracy, margin: 0.001}", false, "may be worse by 0.015, allowed 0.001")]
    [InlineData("{metric: accuracy, significance: 0.05}", true, "")]
    [InlineData("{slice: part, metric: accuracy, min: 0.99}", false, "b 0.98333 (n 60): below 0.99; 1 of 3 slices have fewer than 30 rows")]
    [InlineData("{slice: part, metric: accuracy, min: 0.99, min-n: 100}", true, "")]
    [InlineData("{slice: part, metric: accuracy, min: 0.99, min-n: 1000}", null, "3 of 3 slices have fewer than 1000 rows")]
    [InlineData("{slice: nope, metric: accuracy, min: 0.9}", false, "no slices of nope with accuracy; name the column in slices of a classification or regression section")]
    public void Build_GateOnPredictions_IsJudgedWithItsUncertainty(string gate, bool? passed, string reason)
    {
        _folder.Write("run/p.csv", Parts(wrong: 130));
        _folder.Write("before/p.csv", Parts(wrong: -1));
        GateResult result = Build($"report:\n  sections:\n    - classification: {{predictions: p.csv, slices: part}}\n  gates:\n    - {gate}\n").Facts.Gates[0];
        Assert.Equal((passed, reason), (result.Passed, result.Reason));
    }

    [Fact]
    public void Build_BaselineOnOtherRows_IsSaidAndNotCompared()
    {
        _folder.Write("run/p.csv", "id,y_true,y_pred\n1,a,a\n2,b,b\n");
        _folder.Write("before/p.csv", "id,y_true,y_pred\n1,a,a\n3,b,b\n");
        BuiltReport built = Build("report:\n  sections:\n    - classification: {predictions: p.csv}\n  gates:\n    - {metric: accuracy, max-drop: 0.1}\n");
        Assert.Equal("p.csv: not compared with the baseline, which was evaluated on other rows: 1 rows are only here, 1 only in the baseline", Assert.Single(built.Messages).Text);
        Assert.Null(built.Facts.Gates[0].Passed);
        Assert.Contains("> p.csv is not compared with the baseline, which was evaluated on other rows: 1 rows are only here, 1 only in the baseline.", Markdown(built), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ScoresWithABaseline_DrawBothCurves()
    {
        _folder.Write("run/p.csv", Spam(200, 0.9, 3));
        _folder.Write("before/p.csv", Spam(200, 0.6, 4));
        BuiltReport built = Build("report:\n  sections:\n    - classification: {predictions: p.csv, probability: \"p_*\", positive: spam, id: key}\n");
        var blocks = built.Model.Sections[0].Blocks.OfType<Reports.Model.ChartBlock>().ToDictionary(block => block.Name, block => block.Chart, StringComparer.Ordinal);
        var roc = Assert.IsType<Reports.Charts.Rates.RocChartData>(blocks["roc"]);
        var precision = Assert.IsType<Reports.Charts.Rates.PrecisionRecallChartData>(blocks["precision-recall"]);
        Assert.Equal([("this run", false), ("baseline", true)], roc.Curves.Select(curve => (curve.Name, curve.IsBaseline)));
        Assert.Equal([("this run", false), ("baseline", true)], precision.Curves.Select(curve => (curve.Name, curve.IsBaseline)));
        // The areas are those of the table, and the better model's is greater.
        Reports.Findings.ClassificationResult result = built.Facts.Findings.Classification[0];
        Assert.Equal([result.Figures["roc_auc"], result.Old!["roc_auc"]], roc.Curves.Select(curve => curve.Score)); // there is a baseline
        Assert.True(roc.Curves[0].Score > roc.Curves[1].Score);
    }

    [Fact]
    public void Build_ThreeClasses_ListsTheMostConfusedPairs()
    {
        _folder.Write("run/p.csv", "y_true,y_pred\n" + string.Concat(Enumerable.Repeat("cat,dog\n", 3)) + "dog,cat\nbird,bird\ncat,cat\ncat,cat\n");
        string text = Markdown(Build("report:\n  baseline: none\n  sections:\n    - classification: {predictions: p.csv}\n"));
        Assert.Contains("<details><summary>Most confused pairs</summary>\n\n| Actual | Taken for | Rows | Of the class | Of all errors |\n| --- | --- | ---: | ---: | ---: |\n| cat | dog | 3 | 60.0 % | 75.0 % |\n| dog | cat | 1 | 100.0 % | 25.0 % |\n", text.Replace('\u00A0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_LinksThatLeaveTheRepository_AreRefusedWithTheReason()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "run/.git"));
        _folder.Write("elsewhere/secret.json", "{\"token\": 7}");
        _folder.Write("run/data/inside.json", "{\"accuracy\": 1}");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "run/metrics.json"), Path.Combine(_folder.Path, "elsewhere/secret.json"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "run/folder"), "../elsewhere");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "run/kept.json"), "data/inside.json");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "run/twice.json"), "folder/secret.json");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "run/circle.json"), "circle.json");
        BuiltReport built = Build("report:\n  baseline: none\n  sections:\n    - metrics: {files: [metrics.json, folder/secret.json, twice.json, circle.json, kept.json]}\n");
        string outside = Path.Combine(_folder.Path, "elsewhere");
        Assert.Equal(
            [
                $"metrics.json: a link to {outside}/secret.json, outside of the repository, is not read; put the file itself there",
                $"folder/secret.json: a link to {outside}/secret.json, outside of the repository, is not read; put the file itself there",
                $"twice.json: a link to {outside}/secret.json, outside of the repository, is not read; put the file itself there",
                "circle.json: a link that leads in a circle, or through a folder that may not be looked into, is not read; put the file itself there",
            ],
            built.Messages.Where(message => message.IsFailure).Select(message => message.Text));
        Assert.DoesNotContain("token", Markdown(built), StringComparison.Ordinal);
        Assert.Contains("accuracy", Markdown(built), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.96, 1.0, true)] // the file's figures are those of the predictions, rounded
    [InlineData(98, 99.5, false)] // per cents
    [InlineData(0.8, 0.9, false)] // measured on something else
    public void Build_MetricNamedAsAFigureOfPredictions_IsTestedOnlyIfItIsThatFigure(double before, double now, bool isTested)
    {
        _folder.Write("run/p.csv", Parts(wrong: 130));
        _folder.Write("before/p.csv", Parts(wrong: 130).Replace("10,a,x,x", "10,a,x,y", StringComparison.Ordinal).Replace("12,a,x,x", "12,a,x,y", StringComparison.Ordinal).Replace("14,a,x,x", "14,a,x,y", StringComparison.Ordinal));
        Reports.Findings.ClassificationResult result = Build("report:\n  sections:\n    - classification: {predictions: p.csv}\n").Facts.Findings.Classification[0];
        Assert.Equal((0.995, 0.965), (result.Figures["accuracy"], result.Old!["accuracy"])); // there is a baseline
        _folder.Write("run/m.json", string.Create(CultureInfo.InvariantCulture, $"{{\"accuracy\": {now}}}"));
        _folder.Write("before/m.json", string.Create(CultureInfo.InvariantCulture, $"{{\"accuracy\": {before}}}"));
        BuiltReport built = Build("report:\n  sections:\n    - metrics: {files: m.json}\n    - classification: {predictions: p.csv}\n");
        Assert.Equal(isTested, built.Facts.Findings.Test(built.Facts.Metrics.Single(metric => metric.File == "m.json"), wantsInterval: true) is not null);
    }

    [Fact]
    public void Build_MetricsOfManyGigabytes_AreRefusedUnread()
    {
        _folder.Write("before/empty", "");
        using (FileStream file = File.Create(_folder.Write("run/metrics.json", "")))
            file.SetLength(5L << 30); // takes no room on disk
        BuiltReport built = Build("report:\n  sections:\n    - metrics: {files: metrics.json}\n");
        Assert.Equal("metrics.json: larger than 32 MiB; a metrics or history file this size is not read", Assert.Single(built.Messages).Text);
    }

    [Theory]
    [InlineData("", "each actual class (row)", "1 (10.0 %)")]
    [InlineData(", normalize: column", "each predicted class (column)", "1 (50.0 %)")]
    [InlineData(", normalize: all", "all cases", "1 (5.0 %)")]
    public void Build_ConfusionMatrixNormalized_SaysByWhat(string option, string expected, string share)
    {
        // Nine of ten x right, one x taken for y beside one y: 1 of 10 in the row, 1 of 2 in the column, 1 of 20 of all with nine more z.
        _folder.Write("run/p.csv", "y_true,y_pred\n" + string.Concat(Enumerable.Repeat("x,x\n", 9)) + "x,y\ny,y\n" + string.Concat(Enumerable.Repeat("z,z\n", 9)));
        _folder.Write("before/empty", "");
        BuiltReport built = Build($"report:\n  sections:\n    - classification: {{predictions: p.csv{option}}}\n");
        Reports.Charts.ChartData chart = built.Model.Sections[0].Blocks.OfType<Reports.Model.ChartBlock>().First(block => block.Name == "confusion").Chart;
        string svg = new Reports.Charts.Confusion.ConfusionChart().Render(chart, Reports.Charts.Drawing.ChartTheme.Light);
        Assert.Contains("percentages and shading are the share of " + expected, svg, StringComparison.Ordinal);
        Assert.Contains(share, svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_CurvesOverAnotherColumn_UseIt()
    {
        _folder.Write("run/h.csv", "epoch,tokens,loss\n0,100,2\n1,250,1\n");
        _folder.Write("before/empty", "");
        BuiltReport built = Build("report:\n  sections:\n    - curves: {files: h.csv, x: tokens}\n");
        Reports.Charts.Line.LineChartData chart = Assert.IsType<Reports.Charts.Line.LineChartData>(Assert.IsType<Reports.Model.ChartBlock>(Assert.Single(Assert.Single(built.Model.Sections).Blocks)).Chart);
        Assert.Equal(("tokens", 250), (chart.XName, chart.Series[0].X[1]));
    }

    [Fact]
    public void Build_CurvesWithABaseline_DrawBothAndSmoothLongOnes()
    {
        string History(double start) => "epoch,loss\n" + string.Concat(Enumerable.Range(0, 120).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{start / (i + 1)}\n")));
        _folder.Write("run/h.csv", History(1));
        _folder.Write("before/h.csv", History(2));
        BuiltReport built = Build("report:\n  sections:\n    - curves: {files: h.csv}\n");
        Reports.Charts.Line.LineChartData chart = Assert.IsType<Reports.Charts.Line.LineChartData>(Assert.IsType<Reports.Model.ChartBlock>(Assert.Single(Assert.Single(built.Model.Sections).Blocks)).Chart);
        Assert.Equal([("loss raw", true, false), ("loss", false, false), ("loss (baseline)", false, true)], chart.Series.Select(series => (series.Name, series.IsFaint, series.IsDashed)));
    }

    private BuiltReport Build(string yaml)
    {
        ReportConfiguration configuration = ReportConfiguration.Parse(yaml, "cml.yaml", Path.Combine(_folder.Path, "run"))!;
        return new ReportBuilder().Build(new ReportRequest
        {
            Directory = configuration.Directory, WorkingDirectory = _folder.Path, Configuration = configuration, Gates = [], Title = configuration.Title ?? "Report",
            Baseline = new BaselineRequest { Asked = "before", IsExplicit = true, Now = DateTimeOffset.UnixEpoch },
        }, CancellationToken.None);
    }

    private string Markdown(BuiltReport built) =>
        new MarkdownWriter().Render(built.Model, new MarkdownTarget { OutputDirectory = _folder.Path, AssetsDirectory = Path.Combine(_folder.Path, "files") }, CancellationToken.None).Text;

    // Rows differ between the two sides only in what the model says.
    private static string Spam(int rows, double skill, int seed)
    {
        Random fixedPart = new(1), model = new(seed);
        var text = new StringBuilder("key,site,age,why,y_true,y_pred,p_ham,p_spam\n");
        for (int i = 0; i < rows; i++)
        {
            bool spam = fixedPart.NextDouble() < 0.4;
            string site = fixedPart.Next(20) switch { 0 => "tiny", < 8 => "north", _ => "south" };
            double p = Math.Round(Math.Clamp((spam ? skill : 1 - skill) + (model.NextDouble() - 0.5) * 0.9, 0.01, 0.99), 2);
            text.Append(CultureInfo.InvariantCulture, $"m{i},{site},{fixedPart.Next(18, 80)},{(i % 7 == 0 ? "blurry; long" : i % 5 == 0 ? "long" : "")},{(spam ? "spam" : "ham")},{(p >= 0.5 ? "spam" : "ham")},{1 - p:0.##},{p}\n");
        }

        return text.ToString();
    }

    private static string Prices(double spread)
    {
        var random = new Random(2);
        return "id,region,actual,predicted\n" + string.Concat(Enumerable.Range(0, 120).Select(i =>
        {
            double price = Math.Round(10 + random.NextDouble() * 90, 2), error = Math.Round((random.NextDouble() - 0.5) * 4 * spread, 3);
            return string.Create(CultureInfo.InvariantCulture, $"{i},{(i % 3 == 0 ? "east" : "west")},{price},{price + error}\n");
        }));
    }

    private static string Parts(int wrong) => "id,part,y_true,y_pred\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i},{(i < 120 ? "a" : i < 180 ? "b" : "c")},{(i % 2 == 0 ? "x" : "y")},{((i % 2 == 0) == (i != wrong) ? "x" : "y")}\n"));
}
