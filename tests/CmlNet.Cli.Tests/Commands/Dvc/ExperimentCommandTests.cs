namespace CmlNet.Cli.Tests.Commands.Dvc;

public sealed class ExperimentCommandTests : IAsyncLifetime, IDisposable
{
    private readonly DvcFolder _folder = new();

    public async Task InitializeAsync()
    {
        _folder.Write("dvc.yaml", "stages:\n  train:\n    cmd: grep lr params.yaml > model; sed 's/lr/acc/' model > metrics.yaml\n    params: [lr]\n    outs: [model]\n    metrics:\n    - metrics.yaml: {cache: false}\n");
        _folder.Write("params.yaml", "# the rate\nlr: 0.1\nopt: {name: sgd}\n");
        await _folder.OkAsync("repro");
        _folder.Commit("baseline");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_ChangedParameter_IsACommitOnTheBaselineAsDvcKeepsIt()
    {
        string head = _folder.Git("rev-parse", "HEAD").Trim();
        Assert.Contains("Ran experiment(s): first", await _folder.OkAsync("exp", "run", "-n", "first", "-S", "lr=0.5", "-S", "+new.key=[1, a]"), StringComparison.Ordinal);
        Assert.Equal("# the rate\nlr: 0.5\nopt: {name: sgd}\nnew:\n  key:\n  - 1\n  - a\n", _folder.Read("params.yaml"));
        string reference = $"refs/exps/{head[..2]}/{head[2..]}/first";
        Assert.Equal(head, _folder.Git("rev-parse", reference + "^").Trim());
        Assert.StartsWith("dvc: commit experiment ", _folder.Git("log", "-1", "--format=%s", reference), StringComparison.Ordinal);
        Assert.Equal("acc: 0.5\n", _folder.Git("show", reference + ":metrics.yaml"));
        Assert.Equal(head, _folder.Git("rev-parse", "HEAD").Trim());
        Assert.Equal(255, await _folder.RunAsync("exp", "run", "-n", "first", "-S", "lr=0.6"));
        Assert.Equal(255, await _folder.RunAsync("exp", "run", "-S", "nothing=1"));
        Assert.Contains("add it with +nothing", _folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Temp_LeavesTheWorkTreeAlone()
    {
        string before = _folder.Git("status", "--porcelain");
        await _folder.OkAsync("exp", "run", "--temp", "-n", "apart", "-S", "lr=0.7");
        Assert.Equal(before, _folder.Git("status", "--porcelain"));
        Assert.Equal("lr: 0.1\n", _folder.Read("model"));
        Assert.Empty(Directory.GetDirectories(_folder.PathOf(".dvc/tmp/exps")));
        await _folder.OkAsync("exp", "apply", "apart");
        Assert.Equal(("lr: 0.7\n", "acc: 0.7\n"), (_folder.Read("model"), _folder.Read("metrics.yaml")));
    }

    [Fact]
    public async Task Apply_OverUncommittedWork_KeepsItFirst()
    {
        await _folder.OkAsync("exp", "run", "--temp", "-n", "apart", "-S", "lr=0.7");
        _folder.Write("params.yaml", "lr: 0.25\n");
        await _folder.OkAsync("exp", "apply", "apart");
        Assert.Contains("kept in refs/exps/apply/stash", _folder.Error, StringComparison.Ordinal);
        Assert.Contains("lr: 0.7", _folder.Read("params.yaml"), StringComparison.Ordinal);
        Assert.Equal("lr: 0.25\n", _folder.Git("show", "refs/exps/apply/stash:params.yaml"));
        // What cannot be kept is not overwritten.
        _folder.Write(".git/refs/exps/apply/stash.lock", "");
        _folder.Write("params.yaml", "lr: 0.125\n");
        Assert.Equal(255, await _folder.RunAsync("exp", "apply", "apart"));
        Assert.Equal("lr: 0.125\n", _folder.Read("params.yaml"));
    }

    [Fact]
    public async Task Repro_ShellThatIsNotThere_SaysSo()
    {
        _folder.Environment["SHELL"] = "/nonexistent/shell";
        Assert.Equal(255, await _folder.RunAsync("repro", "-f"));
        Assert.Contains("the shell '/nonexistent/shell' cannot be started", _folder.Error, StringComparison.Ordinal);
    }

    /// <summary>A sweep of four on two workers; each is there afterwards with its own results.</summary>
    [Fact]
    public async Task Queue_FourOnTwoWorkers_AllRun()
    {
        await _folder.OkAsync("exp", "run", "--queue", "-n", "sweep", "-S", "lr=choice(0.2,0.3)", "-S", "opt.name=sgd,adam");
        Assert.Equal(4, (await _folder.OkAsync("queue", "status")).Split("Queued").Length - 1);
        string text = await _folder.OkAsync("exp", "run", "--run-all", "-j", "2");
        Assert.Equal(4, text.Split("Ran experiment(s): ").Length - 1);
        Assert.Equal("sweep-1\nsweep-2\nsweep-3\nsweep-4\n", await _folder.OkAsync("exp", "list", "--name-only"));
        Assert.Equal("acc: 0.3\n", _folder.Git("show", $"{_folder.Git("for-each-ref", "--format=%(refname)", "refs/exps/**/sweep-4").Trim()}:metrics.yaml"));
        // Which of the two with the same lr came first is open; the other takes what it left in the run cache.
        Assert.Matches("Running stage 'train'|Stage 'train' is cached", await _folder.OkAsync("queue", "logs", "sweep-4"));
        Assert.Equal("", _folder.Git("for-each-ref", "refs/cml"));
        Assert.Equal(254, await _folder.RunAsync("queue", "remove"));
        await _folder.OkAsync("queue", "remove", "--success");
        Assert.Equal("No experiment tasks in the queue.\n\nWorker status: 0 active, 0 idle\n", await _folder.OkAsync("queue", "status"));
    }

    [Fact]
    public async Task Queue_Failed_IsSaidWithWhatItPrinted()
    {
        _folder.Write("dvc.yaml", "stages:\n  train:\n    cmd: echo on its way; exit 4\n    params: [lr]\n");
        await _folder.OkAsync("exp", "run", "--queue", "-n", "broken");
        Assert.Equal(255, await _folder.RunAsync("exp", "run", "--queue", "-n", "broken"));
        Assert.Equal(1, await _folder.RunAsync("queue", "start", "--wait"));
        string log = await _folder.OkAsync("queue", "logs", "broken");
        Assert.Contains("on its way", log, StringComparison.Ordinal);
        Assert.Contains("exited with 4", log, StringComparison.Ordinal);
        Assert.Equal(254, await _folder.RunAsync("queue", "start", "--wait", "--jobs", "0"));
        Assert.Equal(254, await _folder.RunAsync("queue", "start", "--wait", "--gpus", "-1"));
    }

    [Fact]
    public async Task ShowDiff_TwoExperiments_CompareMetricsAndParameters()
    {
        await _folder.OkAsync("exp", "run", "--temp", "-n", "one", "-S", "lr=0.2");
        await _folder.OkAsync("exp", "run", "--temp", "-n", "two", "-S", "lr=0.3");
        Assert.Equal("Path          Metric    one    two    Change\nmetrics.yaml  acc       0.2    0.3    0.1\n\nPath         Param    one    two    Change\nparams.yaml  lr       0.2    0.3    0.09999999999999998\n", await _folder.OkAsync("exp", "diff", "one", "two"));
        string csv = await _folder.OkAsync("exp", "show", "--csv", "--sort-by", "acc", "--sort-order", "desc");
        string[] lines = csv.TrimEnd('\n').Split('\n');
        Assert.Equal("Experiment,rev,typ,Created,parent,State,Executor,acc,lr,opt.name", lines[0]);
        Assert.Equal([",workspace", ",main", "two", "one"], lines.Skip(1).Select(line => line.StartsWith(',') ? line[..(line.IndexOf(',', 1))] : line.Split(',')[0]));
        Assert.Contains("\"executor\": null, \"name\": \"one\"", await _folder.OkAsync("exp", "show", "--json"), StringComparison.Ordinal);
        string html = await _folder.OkAsync("exp", "show", "--html");
        Assert.Contains("id=\"parallel\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html.Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("opt.name", await _folder.OkAsync("exp", "show", "--only-changed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task References_RenameBranchRemovePushPull_MoveThem()
    {
        await _folder.OkAsync("exp", "save", "-n", "kept");
        await _folder.OkAsync("exp", "rename", "kept", "better");
        await _folder.OkAsync("exp", "branch", "better", "from-exp");
        Assert.Contains("from-exp", _folder.Git("branch"), StringComparison.Ordinal);
        _folder.Git("init", "-q", "--bare", _folder.Beside("origin.git"));
        _folder.Git("remote", "add", "origin", _folder.Beside("origin.git"));
        await _folder.OkAsync("exp", "push", "origin", "better");
        Assert.Contains("better", await _folder.OkAsync("exp", "list", "origin", "--name-only"), StringComparison.Ordinal);
        await _folder.OkAsync("exp", "remove", "better");
        Assert.Equal("", await _folder.OkAsync("exp", "list", "--name-only"));
        await _folder.OkAsync("exp", "pull", "origin", "better");
        Assert.Equal("better\n", await _folder.OkAsync("exp", "list", "--name-only"));
        Assert.Equal(255, await _folder.RunAsync("exp", "apply", "nothing"));
        Assert.Equal(255, await _folder.RunAsync("exp", "save", "-n", "../evil"));
    }
}
