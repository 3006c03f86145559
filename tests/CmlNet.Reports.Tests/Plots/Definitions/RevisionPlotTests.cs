using System.Text;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Charts;
using CmlNet.Reports.Charts.Line;
using CmlNet.Reports.Plots.Definitions;
using CmlNet.Reports.Plots.Vega;

namespace CmlNet.Reports.Tests.Plots.Definitions;

public sealed class RevisionPlotTests
{
    private const string Pipeline = """
        stages:
          train:
            cmd: python train.py
            wdir: work
            plots:
              - history.csv:
                  x: epoch
                  y: loss
                  template: simple
              - images/
        plots:
          - ROC:
              template: simple
              x: fpr
              y:
                eval/train.json: tpr
                eval/test.json: tpr
          - cls.csv:
              template: confusion
              x: actual
              y: predicted
          - ${name}.csv
        """;

    private static readonly MemoryRevision Old = new("HEAD", ("dvc.yaml", Pipeline), ("work/history.csv", "epoch,loss\n0,3\n1,2\n"), ("eval/train.json", Roc(0.5)), ("eval/test.json", Roc(0.4)), ("cls.csv", "actual,predicted\na,a\nb,a\n"), ("work/images/a.png", "x"));
    private static readonly MemoryRevision Now = new("workspace", ("dvc.yaml", Pipeline), ("work/history.csv", "epoch,loss\n0,2\n1,1\n"), ("eval/train.json", Roc(0.8)), ("eval/test.json", Roc(0.7)), ("cls.csv", "actual,predicted\na,a\nb,b\n"), ("work/images/a.png", "y"));

    [Fact]
    public void Of_DvcYaml_FindsStageAndTopLevelPlots() =>
        Assert.Equal(["work/history.csv", "work/images/a.png", "ROC", "cls.csv"], PlotDefinitions.Of(Now).Select(definition => definition.Id));

    [Fact]
    public void Draw_TwoRevisions_GivesALineEach()
    {
        var line = Assert.IsType<LineChartData>(Assert.Single(Plot("work/history.csv").Draw(CancellationToken.None)).Chart);
        Assert.Equal(["HEAD", "workspace"], line.Series.Select(series => series.Name));
        Assert.Equal([2, 1], line.Series[1].Y);
        Assert.Equal("epoch", line.XName);
    }

    [Fact]
    public void Draw_PlotOfTwoFiles_NamesRevisionAndFile()
    {
        var line = Assert.IsType<LineChartData>(Assert.Single(Plot("ROC").Draw(CancellationToken.None)).Chart);
        Assert.Equal(["HEAD, train.json", "workspace, train.json", "HEAD, test.json", "workspace, test.json"], line.Series.Select(series => series.Name));
        Assert.Equal("ROC", line.Title);
    }

    [Fact]
    public void Draw_Confusion_GivesAMatrixForEachRevision()
    {
        (string Name, ChartData Chart)[] charts = [.. Plot("cls.csv").Draw(CancellationToken.None)];
        Assert.Equal(["cls.csv (HEAD)", "cls.csv (workspace)"], charts.Select(chart => chart.Chart.Title));
        Assert.Contains("1 of 2 right", new ChartSet(ReportServices.Charts).Describe(charts[0].Chart), StringComparison.Ordinal);
    }

    [Fact]
    public void Filled_OfOneField_HasDvcsPointsAndColours()
    {
        DvcValue spec = VegaSpec.Of(Plot("work/history.csv"), Now).Filled;
        IReadOnlyList<DvcValue> points = spec.Find("data")!.Find("values")!.Items; // the template has both
        Assert.Equal("epoch=0 loss=3 rev=HEAD filename=work/history.csv field=loss", string.Join(' ', points[0].Entries.Select(entry => $"{entry.Key}={entry.Value.Text}"))); // values of CSV stay text
        Assert.Equal(4, points.Count);
        Assert.Contains("\"scale\": {\"domain\": [\"HEAD\", \"workspace\"], \"range\": [\"#945dd6\", \"#13adc7\"]}", Json(spec), StringComparison.Ordinal);
    }

    [Fact]
    public void Filled_OfSeveralFiles_InfersOneFieldAndDashes()
    {
        string json = Json(VegaSpec.Of(Plot("ROC"), Now).Filled);
        Assert.Contains("\"filename\": \"train.json\"", json, StringComparison.Ordinal);
        Assert.Contains("\"domain\": [\"tpr\"]", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Filled_EveryTemplate_IsJsonWithoutAnchorsLeft()
    {
        foreach (string template in Reports.Plots.PlotKinds.Templates)
        {
            string json = Json(VegaSpec.Of(Read(Plot("work/history.csv").Definition with { Template = template }), Now).Filled);
            Assert.DoesNotContain("<DVC_METRIC_", json, StringComparison.Ordinal);
            Assert.Equal(DvcValueKind.Map, JsonValueReader.Read(json).Kind);
        }
    }

    [Fact]
    public void Filled_CustomTemplate_ReplacesAnchorsWholeAndWithinText()
    {
        var workspace = new MemoryRevision("workspace", (".dvc/plots/mine.json", """{"data": {"values": "<DVC_METRIC_DATA>"}, "title": "T: <DVC_METRIC_TITLE>", "x": "<DVC_METRIC_X>"}"""));
        DvcValue spec = VegaSpec.Of(Read(Plot("work/history.csv").Definition with { Template = "mine" }), workspace).Filled;
        Assert.Equal(("T: work/history.csv", "epoch"), (spec.Find("title")?.Text, spec.Find("x")?.Text));
    }

    [Theory]
    [InlineData("nope", "no template 'nope'; known: linear, simple")]
    [InlineData("empty", "has no <DVC_METRIC_DATA>")]
    [InlineData("broken", "is not JSON: 1:")]
    public void Of_TemplateThatIsNone_SaysSo(string template, string expected)
    {
        var workspace = new MemoryRevision("workspace", (".dvc/plots/empty.json", "{}"), (".dvc/plots/broken", "{<DVC_METRIC_DATA>"));
        ReportInputException error = Assert.Throws<ReportInputException>(() => VegaSpec.Of(Read(Plot("work/history.csv").Definition with { Template = template }), workspace));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Json_HasDvcsShape()
    {
        RevisionPlot[] plots = [.. PlotDefinitions.Of(Now).Select(Read), Read(new PlotDefinition { Id = "work/history.csv", Files = [new PlotFile("work/history.csv", ["nope"])] })];
        DvcValue json = JsonValueReader.Read(PlotsJson.Write(plots[..4], Now, isSplit: false));
        DvcValue history = json.Find("data")!.Find("work/history.csv")!.Items[0]; // both were asked for
        Assert.Equal(["type", "revisions", "content"], history.Entries.Select(entry => entry.Key));
        Assert.Equal(["vega", "image"], new[] { history, json.Find("data")!.Find("work/images/a.png")!.Items[0] }.Select(plot => plot.Find("type")?.Text)); // as above
        DvcValue split = JsonValueReader.Read(PlotsJson.Write(plots[..1], Now, isSplit: true)).Find("data")!.Entries[0].Value.Items[0]; // one plot
        Assert.Contains(split.Find("anchor_definitions")!.Entries, entry => entry.Key == "<DVC_METRIC_DATA>"); // isSplit
        Assert.Contains("row 1 has no field 'nope'", PlotsJson.Write(plots[4..], Now, isSplit: false), StringComparison.Ordinal);
    }

    private static RevisionPlot Plot(string id) => Read(PlotDefinitions.Of(Now).Single(definition => definition.Id == id));

    private static RevisionPlot Read(PlotDefinition definition) => RevisionPlot.Read(definition, [Old, Now]);

    private static string Json(DvcValue value) => Reports.Tables.PythonJson.Write(value);

    private static string Roc(double middle) => $$"""{"roc": [{"fpr": 0, "tpr": 0}, {"fpr": 0.5, "tpr": {{middle.ToString(System.Globalization.CultureInfo.InvariantCulture)}}}, {"fpr": 1, "tpr": 1}]}""";

    private sealed class MemoryRevision(string name, params (string Path, string Content)[] files) : IRevision
    {
        public string Name { get; } = name;

        public byte[]? Read(string path) => files.Where(file => file.Path == path).Select(file => Encoding.UTF8.GetBytes(file.Content)).FirstOrDefault();

        public IEnumerable<string> Paths() => files.Select(file => file.Path).Order(StringComparer.Ordinal);
    }
}
