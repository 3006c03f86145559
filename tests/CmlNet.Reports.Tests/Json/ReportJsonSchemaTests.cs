using System.Text.Json;
using CmlNet.Reports.Baselines;
using CmlNet.Reports.Configuration;
using CmlNet.Reports.Gates;
using CmlNet.Reports.Json;
using CmlNet.Reports.JUnit;

namespace CmlNet.Reports.Tests.Json;

public sealed class ReportJsonSchemaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_Schema_EqualsGolden() => GoldenFile.Check("tests/CmlNet.Reports.Tests/Golden/report.schema.json", ReportJsonSchema.Write());

    [Fact]
    public void Write_ReportWithEverything_FitsTheSchema()
    {
        using JsonDocument document = JsonDocument.Parse(ReportJsonWriter.Write(Everything()));
        JsonElement root = document.RootElement;
        Assert.Equal([], Errors(root));
        // A project has a test of its own: ProjectReportTests.
        Assert.DoesNotContain(root.EnumerateObject(), field => field.Value.ValueKind == JsonValueKind.Null && field.Name != "project");
        Assert.All(["metrics", "params", "slices", "significance", "sizes", "gates", "sections"], name => Assert.NotEqual(0, root.GetProperty(name).GetArrayLength()));
        JsonElement classes = root.GetProperty("classification");
        Assert.Equal((6, 0.5), (classes.GetProperty("n").GetInt32(), classes.GetProperty("accuracy").GetDouble()));
        Assert.Equal("[[2,0,1],[1,1,0],[0,1,0]]", classes.GetProperty("confusion_matrix").GetProperty("counts").GetRawText().Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
        Assert.Equal(0.5, root.GetProperty("regression").GetProperty("mae").GetDouble());
        Assert.Equal(["classification 1 c2.csv", "regression 0 ", "drift 0 ", "contract 0 ", "latency 1 t2.csv", "tests 1 t2.xml"], root.GetProperty("further").EnumerateObject().Select(kind => $"{kind.Name} {kind.Value.GetArrayLength()} {string.Join(' ', kind.Value.EnumerateArray().Select(one => one.GetProperty("file").GetString()))}"));
        Assert.Equal(2, root.GetProperty("further").GetProperty("classification")[0].GetProperty("n").GetInt32());
        Assert.Equal("new is nan", root.GetProperty("metrics")[1].GetProperty("note").GetString());
    }

    [Fact]
    public void Write_EmptyReport_FitsTheSchema()
    {
        using JsonDocument document = JsonDocument.Parse(ReportJsonWriter.Write(new ReportBuilder().Build(new ReportRequest { Directory = _folder.Path, WorkingDirectory = _folder.Path }, CancellationToken.None)));
        Assert.Equal([], Errors(document.RootElement));
    }

    [Fact]
    public void Write_SingleClass_LeavesUndefinedFiguresNullWithANote()
    {
        _folder.Write("p.csv", "y_true,y_pred,proba\na,a,0.2\na,a,0.4\n");
        using JsonDocument document = JsonDocument.Parse(ReportJsonWriter.Write(new ReportBuilder().Build(new ReportRequest { Directory = _folder.Path, WorkingDirectory = _folder.Path, Predictions = "p.csv", PredictionOptions = new() { Positive = "a" } }, CancellationToken.None)));
        JsonElement classes = document.RootElement.GetProperty("classification");
        Assert.All(["mcc", "cohen_kappa", "roc_auc"], name => Assert.Equal(JsonValueKind.Null, classes.GetProperty(name).ValueKind));
        Assert.Contains("roc_auc (only one class occurs)", classes.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_GatesAsJUnit_EqualsExpectation()
    {
        _folder.Write("metrics.json", "{\"acc\": 0.5, \"<loss>\": 2}");
        BuiltReport built = new ReportBuilder().Build(new ReportRequest
        {
            Directory = _folder.Path, WorkingDirectory = _folder.Path,
            Gates = [new Gate { Name = "acc", Min = 0.4 }, new Gate { Name = "acc", Min = 0.9 }, new Gate { Name = "<loss>", Max = 1, Level = GateLevel.Warn }, new Gate { Name = "acc", MaxDrop = new ChangeLimit(0.1, false) }],
        }, CancellationToken.None);
        Assert.Equal("""
            <?xml version="1.0" encoding="utf-8"?>
            <testsuites>
              <testsuite name="Report" tests="4" failures="1" errors="0" skipped="1">
                <testcase classname="gates" name="acc ≥ 0.4" />
                <testcase classname="gates" name="acc ≥ 0.9">
                  <failure message="0.5: below 0.9" type="gate" />
                </testcase>
                <testcase classname="gates" name="&lt;loss&gt; ≤ 1">
                  <system-out>warning: 2: above 1</system-out>
                </testcase>
                <testcase classname="gates" name="acc drop ≤ 0.1">
                  <skipped message="no baseline was asked for" />
                </testcase>
              </testsuite>
            </testsuites>

            """, JUnitWriter.Write(built));
        Assert.Equal(
            ["::error title=Gate acc::0.5, limit ≥ 0.9: below 0.9", "::warning title=Gate <loss>::2, limit ≤ 1: above 1", "::notice title=Gate acc::0.5, limit drop ≤ 0.1: no baseline was asked for"],
            GateConclusion.Annotations(built.Facts.Gates));
        Assert.Equal("failure", GateConclusion.Of(built.Facts.Verdict));
    }

    private static List<string> Errors(JsonElement document)
    {
        using JsonDocument schema = JsonDocument.Parse(ReportJsonSchema.Write());
        return [.. SchemaCheck.Errors(schema.RootElement, document)];
    }

    private BuiltReport Everything()
    {
        foreach (string side in new[] { "run", "before" })
        {
            string guess = side == "run" ? "c" : "a";
            _folder.Write(side + "/m.json", side == "run" ? "{\"acc\": 0.5, \"loss\": NaN}" : "{\"acc\": 0.6}");
            _folder.Write(side + "/params.yaml", "seed: 1\n");
            _folder.Write(side + "/c.csv", $"id,site,why,y_true,y_pred,proba_a,proba_b,proba_c\n1,x,dark,a,a,0.8,0.1,0.1\n2,x,,a,{guess},0.3,0.3,0.4\n3,y,,b,a,0.5,0.4,0.1\n4,y,dark,c,b,0.2,0.6,0.2\n5,y,,b,b,0.1,0.8,0.1\n6,x,,a,a,0.9,0.05,0.05\n");
            _folder.Write(side + "/r.csv", "id,actual,predicted\n1,1,1.5\n2,2,1.5\n3,3,3.5\n");
            _folder.Write(side + "/live.csv", "v\n1\n2\n3\n4\n5\n6\n70\n");
            _folder.Write(side + "/train.csv", "v\n1\n2\n3\n4\n5\n6\n7\n");
            _folder.Write(side + "/t.csv", "ms\n1\n2\n");
            _folder.Write(side + "/c2.csv", "id,y_true,y_pred\n1,a,a\n2,b,b\n");
            _folder.Write(side + "/t2.csv", "ms\n3\n");
            _folder.Write(side + "/t2.xml", "<testsuite><testcase name=\"b\"/></testsuite>");
            _folder.Write(side + "/t.xml", "<testsuite><testcase name=\"a\"><failure message=\"m\"/></testcase></testsuite>");
        }

        ReportConfiguration configuration = ReportConfiguration.Parse("""
            report:
              sections:
                - metrics: {files: m.json}
                - params: {files: params.yaml}
                - classification: {predictions: c.csv, slices: site, tags: why, positive: a}
                - classification: {predictions: c2.csv, normalize: column}
                - regression: {predictions: r.csv}
                - drift: {reference: train.csv, current: live.csv}
                - contract: {data: live.csv, reference: train.csv}
                - latency: {file: t.csv, column: ms}
                - latency: {file: t2.csv, column: ms}
                - sizes: {files: [m.json]}
                - tests: {junit: t.xml}
                - tests: {junit: t2.xml}
                - lineage: {}
              gates:
                - {metric: accuracy, file: c.csv, max-drop: 0.1, significance: 0.05}
            """, "cml.yaml", Path.Combine(_folder.Path, "run"))!;
        return new ReportBuilder().Build(new ReportRequest
        {
            Directory = configuration.Directory, WorkingDirectory = _folder.Path, Configuration = configuration,
            Baseline = new BaselineRequest { Asked = "before", IsExplicit = true, Now = DateTimeOffset.UnixEpoch },
        }, CancellationToken.None);
    }
}
