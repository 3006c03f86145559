namespace CmlNet.Cli.Tests.Commands.Dvc;

public sealed class PipelineCommandTests : IDisposable
{
    private const string Pipeline = """
        # the pipeline
        stages:
          prepare:
            cmd: cat raw > prepared && echo ran >> runs
            deps: [raw]
            outs: [prepared]
          # trains
          train:
            cmd: sed "s/x/$(cat params.yaml | head -1)/" prepared > model; wc -c < model > size.json; echo ran >> runs
            deps: [prepared]
            params: [lr]
            outs: [model]
            metrics:
            - size.json: {cache: false}

        """;

    private readonly DvcFolder _folder = new();

    public PipelineCommandTests()
    {
        _folder.Write("dvc.yaml", Pipeline);
        _folder.Write("raw", "x\n");
        _folder.Write("params.yaml", "lr: 0.1\nother: 1\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Repro_ChangedInputs_RunsOnlyWhatNeedsIt()
    {
        await _folder.OkAsync("repro");
        Assert.Equal(2, Runs());
        Assert.Equal("lr: 0.1\n", _folder.Read("model"));
        Assert.Contains("  train:\n    cmd: ", _folder.Read("dvc.lock"), StringComparison.Ordinal);
        Assert.Equal("Stage 'prepare' didn't change, skipping\nStage 'train' didn't change, skipping\nData and pipelines are up to date.\n", await _folder.OkAsync("repro"));
        _folder.Write("params.yaml", "lr: 0.2\nother: 2\n");
        Assert.Equal("train:\n\tchanged deps:\n\t\tparams.yaml:\n\t\t\tmodified:           lr\n", await _folder.OkAsync("status"));
        await _folder.OkAsync("repro");
        Assert.Equal(3, Runs());
        Assert.Equal("/prepared\n/model\n", _folder.Read(".gitignore"));
    }

    [Fact]
    public async Task Repro_OutputsInFoldersThatAreNotThereYet_MakesThem()
    {
        _folder.Write("dvc.yaml", "stages:\n  a:\n    cmd: cp raw deep/er/out && mkdir other/sub && touch other/sub/f\n    deps: [raw]\n    outs: [deep/er/out, other/sub]\n");
        await _folder.OkAsync("repro");
        Assert.Equal("x\n", _folder.Read("deep/er/out"));
        Directory.Delete(_folder.PathOf("deep"), recursive: true);
        Directory.Delete(_folder.PathOf("other"), recursive: true);
        await _folder.OkAsync("repro", "-f");
        Assert.Equal("/out\n", _folder.Read("deep/er/.gitignore"));
    }

    [Fact]
    public async Task Repro_InputsSeenBefore_ComesFromTheRunCache()
    {
        await _folder.OkAsync("repro");
        _folder.Write("params.yaml", "lr: 0.2\n");
        await _folder.OkAsync("repro");
        _folder.Write("params.yaml", "lr: 0.1\n");
        // As DVC does it: a metric that git has is kept for the run cache as well, and comes back as a file of its own.
        await _folder.OkAsync("repro");
        Assert.Equal(3, Runs());
        File.Delete(_folder.PathOf("prepared"));
        File.Delete(_folder.PathOf("dvc.lock"));
        string text = await _folder.OkAsync("repro", "prepare");
        Assert.Contains("Stage 'prepare' is cached - skipping run, checking out outputs", text, StringComparison.Ordinal);
        Assert.Equal(3, Runs());
        await _folder.OkAsync("repro", "prepare", "--no-run-cache", "-f");
        Assert.Equal(4, Runs());
    }

    [Fact]
    public async Task Repro_LockFile_HasDvcsOrder()
    {
        await _folder.OkAsync("repro", "train");
        string[] keys = [.. _folder.Read("dvc.lock").Split('\n').Select(line => line.Trim().TrimStart('-').Trim().Split(':')[0])];
        Assert.Equal(["schema", "stages", "prepare", "cmd", "deps", "path", "hash", "md5", "size", "outs", "path", "hash", "md5", "size", "train", "cmd"], keys.Take(16));
        Assert.Contains("    params:\n      params.yaml:\n        lr: 0.1\n    outs:\n    - path: model\n", _folder.Read("dvc.lock"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repro_FailingStage_KeepsWhatWasDoneAndGoesOnWhereAsked()
    {
        _folder.Write("dvc.yaml", "stages:\n  a:\n    cmd: exit 3\n    deps: [raw]\n    outs: [x]\n  b:\n    cmd: cp x y\n    deps: [x]\n    outs: [y]\n  c:\n    cmd: cp raw z\n    deps: [raw]\n    outs: [z]\n");
        Assert.Equal(255, await _folder.RunAsync("repro"));
        Assert.Contains("failed to reproduce 'a'", _folder.Error, StringComparison.Ordinal);
        Assert.False(_folder.Exists("z"));
        Assert.Equal(255, await _folder.RunAsync("repro", "--keep-going", "-j", "2"));
        Assert.True(_folder.Exists("z"));
        Assert.Contains("Stage 'b' is skipped", _folder.Out, StringComparison.Ordinal);
        Assert.Contains("  c:\n", _folder.Read("dvc.lock"), StringComparison.Ordinal);
    }

    /// <summary>Two stages that each wait for the other to have begun end only when both run at once.</summary>
    [Fact]
    public async Task Repro_SeveralJobs_RunIndependentStagesAtOnce()
    {
        const string Wait = "for i in $(seq 1 200); do [ -e {0} ] && break; sleep 0.05; done; [ -e {0} ]";
        _folder.Write("dvc.yaml", $"stages:\n  a:\n    cmd: touch began-a; {string.Format(System.Globalization.CultureInfo.InvariantCulture, Wait, "began-b")} && touch a\n    outs: [a]\n  b:\n    cmd: touch began-b; {string.Format(System.Globalization.CultureInfo.InvariantCulture, Wait, "began-a")} && touch b\n    outs: [b]\n");
        await _folder.OkAsync("repro", "-j", "2");
        Assert.Equal("Data and pipelines are up to date.\n", await _folder.OkAsync("status"));
    }

    [Fact]
    public async Task Repro_Selection_TakesWhatIsAskedFor()
    {
        await _folder.OkAsync("repro");
        _folder.Write("raw", "xx\n");
        Assert.Contains("Running stage 'prepare'", await _folder.OkAsync("repro", "--dry"), StringComparison.Ordinal);
        Assert.Equal(2, Runs());
        await _folder.OkAsync("repro", "-s", "train");
        Assert.Equal(2, Runs());
        await _folder.OkAsync("repro", "--downstream", "prepare");
        Assert.Equal(4, Runs());
        await _folder.OkAsync("repro", "-f", "-s", "prepare");
        Assert.Equal(5, Runs());
    }

    [Fact]
    public async Task Repro_PullAllowMissing_RunsNothingOnACleanMachine()
    {
        await _folder.OkAsync("remote", "add", "-d", "store", _folder.Beside("store"));
        await _folder.OkAsync("repro");
        await _folder.OkAsync("push");
        Directory.Delete(_folder.PathOf(".dvc/cache"), recursive: true);
        File.Delete(_folder.PathOf("prepared"));
        File.Delete(_folder.PathOf("model"));
        await _folder.OkAsync("repro", "--allow-missing");
        Assert.False(_folder.Exists("model"));
        await _folder.OkAsync("repro", "--pull");
        Assert.Equal(2, Runs());
        Assert.True(_folder.Exists("model"));
    }

    [Fact]
    public async Task Freeze_Stage_KeepsItFromRunningAndTheCommentsInPlace()
    {
        await _folder.OkAsync("repro");
        await _folder.OkAsync("freeze", "prepare");
        Assert.Contains("    outs: [prepared]\n    frozen: true\n  # trains\n", _folder.Read("dvc.yaml"), StringComparison.Ordinal);
        _folder.Write("raw", "other\n");
        await _folder.OkAsync("repro");
        Assert.Equal(2, Runs());
        await _folder.OkAsync("unfreeze", "prepare");
        Assert.Equal(Pipeline, _folder.Read("dvc.yaml"));
        await _folder.OkAsync("repro");
        Assert.Equal(4, Runs());
    }

    [Fact]
    public async Task StageAdd_OldRunFlags_WriteDvcsForm()
    {
        await _folder.OkAsync("run", "-n", "eval", "-d", "model", "-p", "other,lr", "-p", "more.json:k", "-M", "scores.json", "--plots-no-cache", "roc.csv", "-o", "out", "--no-exec", "python eval.py");
        Assert.StartsWith(Pipeline + "  eval:\n    cmd: python eval.py\n    deps:\n    - model\n    params:\n    - lr\n    - other\n    - more.json:\n      - k\n    outs:\n    - out\n    metrics:\n    - scores.json:\n        cache: false\n", _folder.Read("dvc.yaml"), StringComparison.Ordinal);
        Assert.Equal(255, await _folder.RunAsync("stage", "add", "-n", "eval", "x"));
        Assert.Equal(255, await _folder.RunAsync("stage", "add", "-n", "bad.name", "x"));
        await _folder.OkAsync("stage", "add", "-f", "-n", "eval", "-o", "new", "touch new");
        Assert.Equal("prepare  Outputs prepared\ntrain    Outputs model\neval     Outputs new\n", await _folder.OkAsync("stage", "list"));
        await _folder.OkAsync("remove", "eval");
        Assert.Equal(Pipeline, _folder.Read("dvc.yaml"));
    }

    [Fact]
    public async Task Dag_EveryForm_ShowsWhatNeedsWhat()
    {
        Assert.Equal("+---------+\n| prepare |\n+---------+\n     *\n     *\n     *\n +-------+\n | train |\n +-------+\n", await _folder.OkAsync("dag"));
        Assert.Equal("```mermaid\nflowchart TD\n\tnode1[\"prepare\"]\n\tnode2[\"train\"]\n\tnode1-->node2\n```\n", await _folder.OkAsync("dag", "--md"));
        Assert.Equal("strict digraph {\n\"prepare\";\n\"train\";\n\"prepare\" -> \"train\";\n}\n", await _folder.OkAsync("dag", "--dot"));
    }

    [Theory]
    [InlineData("stages:\n  a: {cmd: x, deps: [q], outs: [p]}\n  b: {cmd: x, deps: [p], outs: [q]}\n", "cycle")]
    [InlineData("stages:\n  a: {cmd: x, outs: [p]}\n  b: {cmd: x, outs: [p]}\n", "specified in")]
    [InlineData("stages:\n  a: {cmd: x, outs: [p]}\n  b: {cmd: x, outs: [p/q]}\n", "overlap")]
    public async Task Repro_ImpossiblePipeline_IsRefused(string pipeline, string message)
    {
        _folder.Write("dvc.yaml", pipeline);
        Assert.Equal(255, await _folder.RunAsync("repro"));
        Assert.Contains(message, _folder.Error, StringComparison.Ordinal);
    }

    private int Runs() => _folder.Read("runs").Split('\n').Length - 1;
}
