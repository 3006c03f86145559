using System.Text.RegularExpressions;
using CmlNet.Cli.Tests.Commands.Dvc;

namespace CmlNet.Cli.Tests.Commands.Report;

/// <summary><c>cml report</c> after <c>dvc repro</c>: the report tells what ran and what did not have to.</summary>
public sealed partial class ProjectReportTests : IDisposable
{
    private readonly DvcFolder _folder = new();

    public ProjectReportTests()
    {
        _folder.Write("dvc.yaml", "stages:\n  prepare:\n    cmd: cat data/* > prepared\n    deps: [data]\n    outs: [prepared]\n  train:\n    cmd: cp params.yaml model && echo \"{\\\"accuracy\\\":$(cut -c5- params.yaml)}\" > eval.json\n    deps: [prepared]\n    params: [lr]\n    outs: [model]\n    metrics: [{eval.json: {cache: false}}]\n");
        _folder.Write("data/a", "x\n");
        _folder.Write("params.yaml", "lr: 0.5\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Report_AfterRepro_TellsWhatRanAndWhatCameFromTheCache()
    {
        await _folder.OkAsync("add", "data");
        await _folder.OkAsync("repro");
        _folder.Commit("base");
        _folder.Git("checkout", "-q", "-b", "topic");
        _folder.Write("data/b", "y\n");
        _folder.Write("params.yaml", "lr: 0.7\n");
        await _folder.OkAsync("add", "data");
        await _folder.OkAsync("repro", "prepare");
        File.Delete(_folder.PathOf("data/b"));
        await _folder.OkAsync("add", "data");
        // The same data as before: prepare's outputs are known; train has a new parameter.
        await _folder.OkAsync("repro");
        string report = await Report();
        Assert.Contains("| prepare | from the run cache, TIME | same | up to date |", report, StringComparison.Ordinal);
        Assert.Contains("| train | ran in SECONDS, TIME | lr 0.5 → 0.7; changed model, eval.json | up to date |", report, StringComparison.Ordinal);
        Assert.Contains("3 stages and tracked files: 1 ran, 1 from the cache, 1 unchanged.", report, StringComparison.Ordinal);
        Assert.Contains("| accuracy | 0.5 | 0.7 |", report, StringComparison.Ordinal);
        Assert.True(_folder.Exists("report_files/pipeline.light.svg"));

        // Another run that has nothing to do keeps what is known; records made otherwise end it.
        await _folder.OkAsync("repro");
        Assert.Contains("| train | ran in SECONDS, TIME |", await Report(), StringComparison.Ordinal);
        _folder.Write("params.yaml", "lr: 0.9\n");
        await _folder.OkAsync("commit", "-f", "train");
        Assert.Contains("| train | – | lr 0.5 → 0.9; same outputs |", (await Report()).Replace("; changed model, eval.json", "; same outputs", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_FailedStage_IsNamedWithWhatWaitsForIt()
    {
        await _folder.OkAsync("repro");
        _folder.Commit("base");
        _folder.Write("data/a", "z\n");
        _folder.Write("dvc.yaml", _folder.Read("dvc.yaml").Replace("cat data/*", "false; cat data/*; exit 3", StringComparison.Ordinal));
        Assert.NotEqual(0, await _folder.RunAsync("repro", "-k"));
        string report = await Report();
        Assert.Contains("| prepare | failed after SECONDS, TIME |", report, StringComparison.Ordinal);
        Assert.Contains("| train | skipped, TIME |", report, StringComparison.Ordinal);
    }

    private async Task<string> Report()
    {
        Assert.Equal(0, await _folder.RunCmlAsync("report", "--baseline", "main", "-o", "report.md", "--fail-on", "never"));
        return Seconds().Replace(Times().Replace(_folder.Read("report.md").Replace('\u00A0', ' '), "TIME"), "SECONDS");
    }

    [GeneratedRegex("20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} UTC")]
    private static partial Regex Times();

    [GeneratedRegex("[0-9]+\\.[0-9] s\\b")]
    private static partial Regex Seconds();
}
