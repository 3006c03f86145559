namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>Metrics and plots that git does not have: outputs in the cache, and names that a template makes.</summary>
public sealed class TrackedMetricsTests : IDisposable
{
    private const string Pipeline = "stages:\n  eval:\n    foreach: [a, b]\n    do:\n      cmd: sed 's/lr/acc/' params.yaml > m-${item}.yaml\n      params: [lr]\n      metrics:\n      - m-${item}.yaml\n";
    private readonly DvcFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Diff_CachedMetricsOfALoop_AreReadAtBothRevisions()
    {
        await TwoCommitsAsync();
        Assert.Equal("Path      Metric    HEAD~1    HEAD    Change\nm-a.yaml  acc       0.1       0.5     0.4\nm-b.yaml  acc       0.1       0.5     0.4\n", await _folder.OkAsync("metrics", "diff", "HEAD~1", "HEAD"));
        File.Delete(_folder.PathOf("m-a.yaml"));
        Assert.Contains("m-a.yaml  0.5", await _folder.OkAsync("metrics", "show"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_NotInTheCache_ComesFromTheRemote()
    {
        await TwoCommitsAsync();
        await _folder.OkAsync("remote", "add", "-d", "store", _folder.Beside("store"));
        await _folder.OkAsync("push", "--all-commits");
        Directory.Delete(_folder.PathOf(".dvc/cache"), recursive: true);
        Assert.Contains("m-b.yaml  acc       0.1       0.5     0.4", await _folder.OkAsync("metrics", "diff", "HEAD~1", "HEAD"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.PathOf(".dvc/cache"))); // a remote that is a folder is read where it is
        Directory.Delete(_folder.Beside("store"), recursive: true);
        await _folder.OkAsync("metrics", "diff", "HEAD~1", "HEAD");
        Assert.Contains("HEAD: m-b.yaml: tracked by DVC at HEAD, and not in the cache; get it with dvc fetch", _folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plots_NamedByTemplates_AreFound()
    {
        _folder.Write("params.yaml", "out: results\n");
        _folder.Write("dvc.yaml", "stages:\n  each:\n    foreach: [1, 2]\n    do:\n      cmd: x\n      plots:\n      - ${out}/p${item}.csv: {x: step, cache: false}\nplots:\n- all: {y: {'${out}/p1.csv': loss}}\n");
        _folder.Write("results/p1.csv", "step,loss\n0,1\n1,2\n");
        _folder.Write("results/p2.csv", "step,loss\n0,3\n1,4\n");
        await _folder.OkAsync("plots", "show", "-o", "pictures");
        Assert.Equal(["all.svg", "results_p1_csv.svg", "results_p2_csv.svg"], Directory.GetFiles(_folder.PathOf("pictures")).Select(Path.GetFileName).Order());
        Assert.Contains("\"field\": \"step\"", await _folder.OkAsync("plots", "show", "results/p2.csv", "--show-vega"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlotsModify_OneOfAStage_ChangesNothingElse()
    {
        _folder.Write("dvc.yaml", "# mine\nstages:\n  train:\n    cmd: echo x > log.csv\n    plots:\n    - log.csv\n# end\n");
        await _folder.OkAsync("plots", "modify", "log.csv", "-t", "simple", "-x", "step", "--title", "Loss");
        Assert.Equal("# mine\nstages:\n  train:\n    cmd: echo x > log.csv\n    plots:\n    - log.csv:\n        template: simple\n        x: step\n        title: Loss\n# end\n", _folder.Read("dvc.yaml"));
        await _folder.OkAsync("plots", "modify", "log.csv", "--unset", "x", "title", "template");
        Assert.Contains("    plots:\n    - log.csv\n# end\n", _folder.Read("dvc.yaml"), StringComparison.Ordinal);
        Assert.Equal(255, await _folder.RunAsync("plots", "modify", "log.csv", "--unset", "x"));
        Assert.Contains("'x' does not exist", _folder.Error, StringComparison.Ordinal);
        Assert.Equal(255, await _folder.RunAsync("plots", "modify", "other.csv", "-x", "y"));
        Assert.Contains("linear\nscatter\n", await _folder.OkAsync("plots", "templates"), StringComparison.Ordinal);
        Assert.Contains("<DVC_METRIC_DATA>", await _folder.OkAsync("plots", "templates", "linear"), StringComparison.Ordinal);
    }

    private async Task TwoCommitsAsync()
    {
        _folder.Write("dvc.yaml", Pipeline);
        foreach (string rate in (string[])["0.1", "0.5"])
        {
            _folder.Write("params.yaml", $"lr: {rate}\n");
            await _folder.OkAsync("repro");
            _folder.Commit(rate);
        }
    }
}
