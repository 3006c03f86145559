using System.Text.Json;
using CmlNet.Reports.Configuration;
using CmlNet.Reports.Gates;

namespace CmlNet.Reports.Tests.Configuration;

public sealed class ReportConfigurationTests
{
    private const string Complete = """
        run: {images: {gpu: "my/image:1"}}
        report:
          title: Wine quality
          baseline: auto
          sections:
            - metrics: {files: [metrics.json, "eval/*.json"]}
            - params: {files: [params.yaml]}
            - classification: {predictions: predictions.csv, actual: y_true, predicted: y_pred, probability: "proba_*", positive: spam, slices: [site, device], id: id}
            - regression: {predictions: predictions.csv, actual: y_true, predicted: y_pred, slices: [site]}
            - curves: {files: [history.csv], x: step}
            - images: {files: ["plots/*.png"]}
            - drift: {reference: data/train.csv, current: data/live.csv}
            - latency: {file: latency.csv, column: ms}
            - sizes: {files: [model.pkl]}
            - tests: {junit: results.xml}
            - contract: {data: data/live.csv, reference: data/train.csv}
            - pipeline: {}
            - data: {}
            - plots: {targets: [roc, eval/curve.csv]}
            - experiments: {}
            - lineage: {}
          gates:
            - {metric: accuracy, min: 0.9}
            - {metric: f1, max-drop: 0.01, significance: 0.05, level: warn}
            - {slice: site, metric: accuracy, min: 0.7, min-n: 30}
            - {drift: share, max: 0.3}
            - {size: model.pkl, max: 50MB}
            - {latency: p95, max: 20ms}
            - {metric: loss, max-rise: 2.5%}
        """;

    [Fact]
    public void Parse_EveryKindOfEntry_IsRead()
    {
        ReportConfiguration configuration = ReportConfiguration.Parse(Complete, "cml.yaml", "/w")!;
        Assert.Equal(("Wine quality", "auto"), (configuration.Title, configuration.Baseline));
        Assert.Equal(ReportSchema.SectionNames, configuration.Sections!.Select(section => section.Name));
        Assert.Equal(["metrics.json", "eval/*.json"], configuration.Sections![0].Options.Texts("files"));
        Assert.Equal(
            [
                new Gate { Name = "accuracy", Min = 0.9 },
                new Gate { Name = "f1", MaxDrop = new ChangeLimit(0.01, false), Significance = 0.05, Level = GateLevel.Warn },
                new Gate { Subject = GateSubject.Slice, Slice = "site", Name = "accuracy", Min = 0.7, MinN = 30 },
                new Gate { Subject = GateSubject.Drift, Name = "share", Max = 0.3 },
                new Gate { Subject = GateSubject.Size, Name = "model.pkl", Max = 50e6 },
                new Gate { Subject = GateSubject.Latency, Name = "p95", Max = 20 },
                new Gate { Name = "loss", MaxRise = new ChangeLimit(0.025, true) },
            ],
            configuration.Gates);
    }

    [Fact]
    public void Parse_KeyWithTerminalEscapes_IsNamedWithoutThem()
    {
        ConfigException error = Assert.Throws<ConfigException>(() => ReportConfiguration.Parse("report:\n  \"\\e[31mx\\n::error::y\": 1\n", "cml.yaml", "/w"));
        Assert.Equal("cml.yaml:2:3: unknown key 'U+001B[31mxU+000A::error::y' in report; known: title, baseline, sections, gates", error.Message);
    }

    [Fact]
    public void Parse_ManyDefects_AreAllReportedWithPlaceAndSuggestion()
    {
        const string Text = """
            repot: {}
            report:
              titel: x
              sections:
                - metrics: {file: [a.json]}
                - metrcs: {files: [a.json]}
                - regression: {predictions: p.csv, slices: {a: 1}}
              gates:
                - {metric: a, max: low}
                - {metric: a, max: 1, level: eror}
                - {metric: a, max: 1, min-n: 0}
                - accuracy
            """;
        Assert.Equal(
            """
            cml.yaml:1:1: unknown key 'repot' in cml.yaml; did you mean 'report'?; known: run, report
            cml.yaml:3:3: unknown key 'titel' in report; did you mean 'title'?; known: title, baseline, sections, gates
            cml.yaml:5:16: metrics lacks 'files': JSON, YAML, TOML or CSV files; * and ** match
            cml.yaml:5:17: unknown key 'file' in metrics; did you mean 'files'?; known: files, higher-is-better, lower-is-better
            cml.yaml:6:7: unknown key 'metrcs' in sections[1]; did you mean 'metrics'?; known: metrics, params, classification, regression, curves, images, drift, latency, sizes, tests, contract, pipeline, data, plots, experiments, lineage
            cml.yaml:7:48: slices must be a text or a list, not a map
            cml.yaml:9:24: max must be a number, or one with a unit (B, kB, KB, MB, GB, TB, KiB, MiB, GiB, TiB, us, ms, s, min, %) such as 50MB, 20ms or 1%, not 'low'
            cml.yaml:10:34: level must be one of error, warn, not 'eror'; did you mean 'error'?
            cml.yaml:11:34: min-n must be a whole number of at least 1, not 0
            cml.yaml:12:7: gates[3] must be a map, not 'accuracy'
            """, Fails(Text));
    }

    [Fact]
    public void Parse_DefectsOfKindAndOfMeaning_AreReportedTogether()
    {
        const string Text = """
            report:
              titel: x
              sections:
                - contract: {data: d.csv, columns: [{name: a, min: 2, max: 1}, {name: a, type: text, min: 0}, {name: b, type: txt}]}
              gates:
                - {metric: a, max: low, min-n: 5, level: eror}
                - {metric: a, min: 2, max: 1}
                - {metrik: a, min: 2}
                - {metric: a, mim: 2}
                - {drift: share, max: 30, significance: 0.05}
                - {drift: share, max-drop: 0.1}
                - {size: model.pkl, max: 5%, margin: 0.1}
                - {latency: p95, max: -1ms, slice: site}
                - {slice: site, metric: acc, margin: 0.1}
                - {size: m.pkl, max: 1MB, file: metrics.json}
                - {metric: "", min: 0}
                - {metric: a, required: false}
                - accuracy
              title: again
              titel: y
            ---
            report: {}
            """;
        Assert.Equal(
            """
            cml.yaml:2:3: unknown key 'titel' in report; did you mean 'title'?; known: title, baseline, sections, gates
            cml.yaml:4:41: min is greater than max, so that no value could keep to it
            cml.yaml:4:75: the column 'a' is declared twice
            cml.yaml:4:90: min goes with numbers, not with the type text
            cml.yaml:4:115: type must be one of number, integer, text, not 'txt'; did you mean 'text'?
            cml.yaml:6:24: max must be a number, or one with a unit (B, kB, KB, MB, GB, TB, KiB, MiB, GiB, TiB, us, ms, s, min, %) such as 50MB, 20ms or 1%, not 'low'
            cml.yaml:6:36: min-n goes with slice only
            cml.yaml:6:46: level must be one of error, warn, not 'eror'; did you mean 'error'?
            cml.yaml:7:7: min is greater than max, so that nothing could pass
            cml.yaml:8:8: unknown key 'metrik' in gates[2]; did you mean 'metric'?; known: metric, slice, drift, size, latency, contract, file, min, max, max-drop, max-rise, significance, margin, min-n, required, level
            cml.yaml:9:19: unknown key 'mim' in gates[3]; did you mean 'min'?; known: metric, slice, drift, size, latency, contract, file, min, max, max-drop, max-rise, significance, margin, min-n, required, level
            cml.yaml:10:27: max must be a share from 0 to 1, or in per cent, not 30
            cml.yaml:10:45: significance goes with metric only: nothing else is tested
            cml.yaml:11:32: max-drop goes with what a baseline has; here give min or max
            cml.yaml:12:30: the unit % of max does not fit what the gate is about
            cml.yaml:12:42: margin goes with a metric without slice: nothing else has an interval of its change
            cml.yaml:13:27: max must not be negative: no time is
            cml.yaml:13:40: slice goes with metric only
            cml.yaml:14:42: margin goes with a metric without slice: nothing else has an interval of its change
            cml.yaml:15:37: file goes with metric and latency only
            cml.yaml:16:16: metric must not be empty
            cml.yaml:17:7: the gate has no limit; give one of min, max, max-drop, max-rise, significance, margin, required
            cml.yaml:18:7: gates[12] must be a map, not 'accuracy'
            cml.yaml:20:3: the key 'titel' appears twice
            cml.yaml:21:1: a second YAML document begins here, which nothing would read; the file must have one
            """, Fails(Text));
    }

    [Theory]
    [InlineData("report: {title: a}\n---\n")]
    [InlineData("---\nreport: {title: a}\n...\n")]
    public void Parse_MarkerWithNothingBehind_IsNoSecondDocument(string text) => Assert.Equal("a", ReportConfiguration.Parse(text, "cml.yaml", "/w")!.Title);

    [Theory]
    [InlineData("report: {gates: [{metric: a}]}", "cml.yaml:1:18: the gate has no limit; give one of min, max, max-drop, max-rise, significance, margin, required")]
    [InlineData("report: {gates: [{min: 1}]}", "cml.yaml:1:18: the gate is about nothing; give one of metric, drift, size, latency, contract")]
    [InlineData("report: {gates: [{metric: a, max: 5MB}]}", "cml.yaml:1:35: the unit MB of max does not fit what the gate is about")]
    [InlineData("report: {gates: [{metric: a, max-drop: -1}]}", "cml.yaml:1:40: max-drop must not be negative: it says how far the value may move")]
    [InlineData("report: {gates: [{metric: a, min: 2, max: 1}]}", "cml.yaml:1:18: min is greater than max, so that nothing could pass")]
    [InlineData("report: {gates: [~]}", "cml.yaml:1:18: the gate is about nothing; give one of metric, drift, size, latency, contract\ncml.yaml:1:18: the gate has no limit; give one of min, max, max-drop, max-rise, significance, margin, required")]
    [InlineData("report: {title: a, title: b}", "cml.yaml:1:20: the key 'title' appears twice")]
    [InlineData("report: [1]", "cml.yaml:1:9: report must be a map, not a list")]
    [InlineData("- 1", "cml.yaml:1:1: cml.yaml must be a map, not a list")]
    public void Parse_Defect_SaysWhatAndWhere(string text, string expected) => Assert.Equal(expected, Fails(text));

    [Fact]
    public void Parse_AliasesThatExplode_AreRefused()
    {
        string text = "a: &a0 [1]\n" + string.Concat(Enumerable.Range(1, 12).Select(i => $"b{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 9))}]\n"));
        Assert.Contains("more than 100000 values", Fails(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("run: {images: {a: b}}\n")]
    [InlineData("# nothing\n")]
    public void Parse_WithoutReport_IsNull(string text) => Assert.Null(ReportConfiguration.Parse(text, "cml.yaml", "/w"));

    [Fact]
    public void Schema_Written_EqualsGoldenAndKnowsEverySection()
    {
        string schema = JsonSchemaWriter.Write();
        GoldenFile.Check("tests/CmlNet.Reports.Tests/Golden/cml.schema.json", schema);
        using JsonDocument document = JsonDocument.Parse(schema);
        JsonElement report = document.RootElement.GetProperty("properties").GetProperty("report").GetProperty("properties");
        Assert.Equal(ReportSchema.SectionNames, report.GetProperty("sections").GetProperty("items").GetProperty("properties").EnumerateObject().Select(property => property.Name));
    }

    private static string Fails(string text) => Assert.Throws<ConfigException>(() => ReportConfiguration.Parse(text, "cml.yaml", "/w")).Message;
}
