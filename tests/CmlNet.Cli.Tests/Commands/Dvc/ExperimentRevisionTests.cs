namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>An experiment's name is a revision wherever one is asked for, and parameters are shown as DVC shows them.</summary>
public sealed class ExperimentRevisionTests : IDisposable
{
    private readonly DvcFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Commands_NameOfAnExperiment_IsARevision()
    {
        await PrepareAsync();
        await _folder.OkAsync("exp", "run", "-n", "better", "-S", "lr=2");
        Assert.Equal("Path      Metric    main    better    Change\nacc.yaml  acc       1       2         1\n", await _folder.OkAsync("metrics", "diff", "main", "better"));
        Assert.Contains("params.yaml  lr       1       2", await _folder.OkAsync("params", "diff", "main", "better"), StringComparison.Ordinal);
        Assert.Contains("Modified:\n    model\n", await _folder.OkAsync("diff", "main", "better"), StringComparison.Ordinal);
        Assert.Contains("acc.yaml", await _folder.OkAsync("list", _folder.Root, "--rev", "better"), StringComparison.Ordinal);
        await _folder.OkAsync("gc", "--rev", "better", "--dry", "-f");
        Assert.Equal(255, await _folder.RunAsync("diff", "main", "worse"));
    }

    [Fact]
    public async Task PlotsDiff_OfAnExperiment_ComparesItWithItsBaseline()
    {
        _folder.Write("params.yaml", "lr: 1\n");
        _folder.Write("dvc.yaml", "stages:\n  train:\n    cmd: \"(echo x,y; echo 0,$(sed 's/lr: //' params.yaml)) > history.csv\"\n    params: [lr]\n    plots:\n    - history.csv: {cache: false}\n");
        await _folder.OkAsync("repro");
        _folder.Commit("base");
        await _folder.OkAsync("exp", "run", "--temp", "-n", "better", "-S", "lr=2");
        _folder.Write("history.csv", "x,y\n0,3\n");
        string baseline = _folder.Git("rev-parse", "HEAD")[..7];
        string shown = await _folder.OkAsync("plots", "diff", "-e", "better", "--targets", "history.csv", "--show-vega");
        Assert.Contains($"\"domain\": [\"better\", \"{baseline}\"]", shown, StringComparison.Ordinal);
        // What is no experiment has no baseline.
        Assert.Contains("\"domain\": [\"main\", \"workspace\"]", await _folder.OkAsync("plots", "diff", "--experiment", "main", "--targets", "history.csv", "--show-vega"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Params_OfTheDefaultFile_AreShownWhole()
    {
        await PrepareAsync();
        _folder.Write("params.yaml", "lr: 1\nseed: 8\nlist: [1, 2]\n");
        _folder.Write("more.yaml", "name: anna\nother: 2\n");
        Assert.Equal("Path         Param    HEAD    workspace\nmore.yaml    name     bob     anna\nparams.yaml  list     -       [1, 2]\nparams.yaml  seed     7       8\n", Sorted(await _folder.OkAsync("params", "diff")));
        Assert.Equal("", await _folder.OkAsync("params", "diff", "--deps"));
        Assert.Contains(",acc,list,lr,name,seed\n", await _folder.OkAsync("exp", "show", "--csv"), StringComparison.Ordinal);
        Assert.Contains(",acc,lr\n", await _folder.OkAsync("exp", "show", "--csv", "--param-deps"), StringComparison.Ordinal);
    }

    private static string Sorted(string table)
    {
        string[] lines = table.TrimEnd('\n').Split('\n');
        return string.Join('\n', [lines[0], .. lines[1..].Order(StringComparer.Ordinal)]) + "\n";
    }

    private async Task PrepareAsync()
    {
        _folder.Write("params.yaml", "lr: 1\nseed: 7\n");
        _folder.Write("more.yaml", "name: bob\nother: 1\n");
        _folder.Write("dvc.yaml", "vars: [more.yaml]\nstages:\n  train:\n    cmd: cat params.yaml > model; sed -n 's/lr/acc/p' params.yaml > acc.yaml; echo ${name}\n    params: [lr]\n    outs: [model]\n    metrics:\n    - acc.yaml: {cache: false}\n");
        await _folder.OkAsync("repro");
        _folder.Commit("base");
    }
}
