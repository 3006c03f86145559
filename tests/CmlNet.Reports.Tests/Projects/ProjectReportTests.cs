using System.Text.Json;
using System.Text.Json.Nodes;
using CmlNet.Dvc.Hashing;
using CmlNet.Reports.Baselines;
using CmlNet.Reports.Configuration;
using CmlNet.Reports.Json;
using CmlNet.Reports.Markdown;
using CmlNet.Reports.Projects;
using CmlNet.Reports.Sections.Pipeline;
using CmlNet.Reports.Tests.Json;

namespace CmlNet.Reports.Tests.Projects;

/// <summary>A DVC project of which nothing but its files is known: no run is recorded here.</summary>
public sealed class ProjectReportTests : IDisposable
{
    private const string Pipeline = """
        stages:
          prepare:
            cmd: ./prepare
            deps: [raw.csv]
            outs: [prepared.csv]
          train:
            cmd: ./train
            deps: [prepared.csv]
            params: [train]
            outs: [model.bin]
            metrics: [{eval/out/scores.json: {cache: false}}]
            plots: [{eval/out/curve.csv: {x: epoch, y: loss, cache: false}}]
          show:
            cmd: ./show
            deps: [model.bin]

        """;

    private readonly GitFolder _git = new();

    public ProjectReportTests()
    {
        _git.Write(".dvc/config", "");
        _git.Write(".dvc/.gitignore", "/tmp\n/cache\n");
        _git.Write(".gitignore", "/prepared.csv\n/model.bin\n/raw.csv\n");
        _git.Write("dvc.yaml", Pipeline);
        State("1", 0.1, 0.5);
    }

    public void Dispose() => _git.Dispose();

    [Fact]
    public void Build_AgainstTheBaseline_EqualsGolden()
    {
        string head = Changed();
        BuiltReport built = Build(configuration: null);
        Assert.DoesNotContain(built.Messages, message => message.IsFailure);
        string markdown = Markdown(built);
        int lineage = markdown.IndexOf("## Lineage", StringComparison.Ordinal);
        Assert.Contains("| Command of train | ./train |", markdown[lineage..], StringComparison.Ordinal);
        GoldenFile.Check("tests/CmlNet.Reports.Tests/Golden/project.md", markdown[..lineage].Replace(head[..7], "HEADSHA", StringComparison.Ordinal).Replace(_git.Git("rev-parse", "main")[..7], "BASESHA", StringComparison.Ordinal).Replace(_git.Git("rev-parse", "refs/keep")[..7], "EXPSHA0", StringComparison.Ordinal));
        Assert.Equal(["metrics", "params", "pipeline", "data", "plots", "experiments", "lineage"], built.Model.Sections.Select(section => section.Name));
    }

    [Fact]
    public void Write_Json_FollowsTheSchema()
    {
        Changed();
        string written = ReportJsonWriter.Write(Build(configuration: null));
        Assert.Empty(SchemaCheck.Errors(JsonDocument.Parse(ReportJsonSchema.Write()).RootElement, JsonDocument.Parse(written).RootElement));
        JsonNode json = JsonNode.Parse(written)!; // it writes an object
        Assert.Equal(["unchanged", "changed since the baseline", "out of date"], json["project"]!["stages"]!.AsArray().Where(stage => (string?)stage!["name"] is "prepare" or "train" or "show").Select(stage => (string)stage!["state"]!));
        Assert.Equal("first", (string?)json["project"]!["experiments"]![2]!["name"]);
    }

    [Theory]
    [InlineData("- pipeline: {}", "pipeline")]
    [InlineData("- data: {}\n    - experiments: {}", "data,experiments")]
    [InlineData("- plots: {targets: eval/out/curve.csv}", "plots")]
    [InlineData("- plots: {targets: nothing}", "plots")]
    [InlineData("- metrics: {files: eval/out/scores.json}", "metrics")]
    public void Build_ConfiguredSections_AreThoseAndNoOthers(string sections, string expected)
    {
        Changed();
        BuiltReport built = Build(ReportConfiguration.Parse($"report:\n  sections:\n    {sections}\n", "cml.yaml", _git.Path));
        Assert.Equal(expected, string.Join(',', built.Model.Sections.Select(section => section.Name)));
        Assert.Equal(sections.Contains("nothing", StringComparison.Ordinal), Markdown(built).Contains("dvc.yaml has no plot nothing", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_BrokenPipeline_CostsItsSectionOnly()
    {
        Changed();
        _git.Write("dvc.yaml", "stages: [");
        _git.Write("metrics.json", "{\"accuracy\": 0.5}");
        string markdown = Markdown(Build(configuration: null));
        Assert.Contains("| accuracy |", markdown, StringComparison.Ordinal);
        Assert.Contains("## Pipeline\n\n> Not read: ", markdown, StringComparison.Ordinal);
    }

    /// <summary>A plot or metric that is a link to somebody's other files is not read.</summary>
    [Fact]
    public void Build_LinksOutOfTheProject_AreNotFollowed()
    {
        Changed();
        using var other = new TemporaryFolder();
        string secret = other.Write("secret.csv", "epoch,loss\n1,4711\n");
        foreach (string name in (string[])["eval/out/curve.csv", "eval/out/scores.json"])
        {
            string path = Path.Combine(_git.Path, name);
            File.Delete(path);
            File.CreateSymbolicLink(path, secret);
        }

        BuiltReport built = Build(configuration: null);
        Assert.DoesNotContain("4711", Markdown(built) + ReportJsonWriter.Write(built), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WhatAJobLeft_IsNoProject()
    {
        BuiltReport built = new ReportBuilder().Build(new ReportRequest { Directory = _git.Path, WorkingDirectory = _git.Path, Baseline = new BaselineRequest { Asked = "main", IsExplicit = true, Now = DateTimeOffset.UnixEpoch } }, CancellationToken.None);
        Assert.DoesNotContain(built.Model.Sections, section => section.Name is "pipeline" or "data" or "plots" or "experiments");
    }

    /// <summary>Loops share a box where there are too many stages; what is drawn has no circle.</summary>
    [Fact]
    public void Render_ALargeLoop_IsOneBox()
    {
        IReadOnlyList<StageFacts> stages = [.. Enumerable.Range(0, 60).Select(i => new StageFacts($"part@{i}", "x", [])), new StageFacts("join", "x", [.. Enumerable.Range(0, 60).Select(i => $"part@{i}")]) { Pending = ["part deleted"] }];
        var graph = PipelineGraph.Of(stages)!; // few enough
        Assert.Equal(["part (60): 60 unchanged", "join: out of date"], graph.Nodes.Select(node => $"{node.Name}: {node.Note}"));
        Assert.Equal([(0, 1)], graph.Edges);
        Assert.Null(PipelineGraph.Of([.. Enumerable.Range(0, 50).Select(i => new StageFacts($"s{i}", "x", []))]));
    }

    private string Changed()
    {
        _git.Commit("base");
        string data = _git.Git("rev-parse", "HEAD");
        _git.Git("checkout", "-q", "-b", "topic");
        State("1", 0.2, 0.75);
        string head = _git.Commit("more");
        State("1", 0.3, 0.7);
        string experiment = _git.Commit("dvc: commit experiment");
        _git.Git("update-ref", "refs/keep", experiment);
        _git.Git("update-ref", $"refs/exps/{head[..2]}/{head[2..]}/first", experiment);
        _git.Git("reset", "-q", "--hard", head);
        State("1", 0.2, 0.75);
        Assert.NotEqual(data, head);
        return head;
    }

    // The files of the work tree and the records of them, as a run leaves both.
    private void State(string raw, double rate, double accuracy)
    {
        string rates = rate.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string scores = JsonSerializer.Serialize(accuracy);
        (string Name, string Content)[] files =
        [
            ("raw.csv", $"a\n{raw}\n"), ("prepared.csv", "a,b\n1,2\n"), ("model.bin", $"weights {rates}"), ("eval/out/scores.json", $"{{\"accuracy\": {scores}}}"),
            ("eval/out/curve.csv", $"epoch,loss\n0,1\n1,{scores}\n"), ("params.yaml", $"train:\n  lr: {rates}\n  epochs: 5\nother: 1\n"),
        ];
        foreach ((string name, string content) in files)
            _git.Write(name, content);
        string Item(string name, int indent)
        {
            string pad = new(' ', indent);
            byte[] content = System.Text.Encoding.UTF8.GetBytes(files.Single(file => file.Name == name).Content);
            return $"{pad}- path: {name}\n{pad}  hash: md5\n{pad}  md5: {FileHash.Compute(content)}\n{pad}  size: {content.Length}\n";
        }

        _git.Write("raw.csv.dvc", $"outs:\n- md5: {FileHash.Compute(System.Text.Encoding.UTF8.GetBytes(files[0].Content))}\n  size: {files[0].Content.Length}\n  hash: md5\n  path: raw.csv\n");
        _git.Write("dvc.lock", $"schema: '2.0'\nstages:\n  prepare:\n    cmd: ./prepare\n    deps:\n{Item("raw.csv", 4)}    outs:\n{Item("prepared.csv", 4)}  train:\n    cmd: ./train\n    deps:\n{Item("prepared.csv", 4)}    params:\n      params.yaml:\n        train:\n          lr: {rates}\n          epochs: 5\n    outs:\n{Item("eval/out/curve.csv", 4)}{Item("eval/out/scores.json", 4)}{Item("model.bin", 4)}");
    }

    private BuiltReport Build(ReportConfiguration? configuration) => new ReportBuilder().Build(new ReportRequest
    {
        Directory = _git.Path, WorkingDirectory = _git.Path, Configuration = configuration, ReadsProject = true,
        Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = _git.Path },
        Baseline = new BaselineRequest { Asked = "main", IsExplicit = true, Now = new DateTimeOffset(2024, 1, 2, 0, 0, 0, TimeSpan.Zero) },
    }, CancellationToken.None);

    private string Markdown(BuiltReport built) => new MarkdownWriter().Render(built.Model, new MarkdownTarget { OutputDirectory = _git.Path, AssetsDirectory = Path.Combine(_git.Path, "charts") }, CancellationToken.None).Text;
}
