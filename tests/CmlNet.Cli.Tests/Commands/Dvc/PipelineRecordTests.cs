namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>What is written about stages, and what is said when one fails.</summary>
public sealed class PipelineRecordTests : IDisposable
{
    private readonly DvcFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Repro_CommandsOfSeveralLines_AreRecordedAsTheyAre()
    {
        _folder.Write("dvc.yaml", "stages:\n  s:\n    cmd:\n    - |\n      printf '%s' \"[1, {}]\" > out\n      true\n    - echo 'a, b' >> out\n    outs: [out]\n");
        await _folder.OkAsync("repro");
        Assert.Equal("Data and pipelines are up to date.\n", await _folder.OkAsync("status"));
        Assert.Equal("Stage 's' didn't change, skipping\nData and pipelines are up to date.\n", await _folder.OkAsync("repro"));
        // The run cache knows the run, too.
        File.Delete(_folder.PathOf("out"));
        File.Delete(_folder.PathOf("dvc.lock"));
        await _folder.OkAsync("repro");
        Assert.Equal("[1, {}]a, b\n", _folder.Read("out"));
    }

    [Fact]
    public async Task Repro_Done_SaysWhatGitShouldHave()
    {
        _folder.Commit("begun");
        _folder.Write("dvc.yaml", "stages:\n  s:\n    cmd: echo 1 > sub/out\n    outs: [sub/out]\n");
        _folder.Write("sub/in", "");
        Assert.Contains("\n\tgit add dvc.lock sub/.gitignore\n", await _folder.OkAsync("repro"), StringComparison.Ordinal);
        _folder.Commit("done");
        Assert.DoesNotContain("git add", await _folder.OkAsync("repro", "-f"), StringComparison.Ordinal);
        await _folder.OkAsync("config", "core.autostage", "true");
        _folder.Write("dvc.yaml", "stages:\n  s:\n    cmd: echo 2 > sub/out\n    outs: [sub/out]\n");
        await _folder.OkAsync("repro");
        Assert.Contains("M  dvc.lock\n", _folder.Git("status", "--porcelain"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repro_StageFails_IsSaidOnce()
    {
        _folder.Write("dvc.yaml", "stages:\n  a:\n    cmd: exit 3\n  b:\n    cmd: exit 4\n  c:\n    cmd: echo done\n");
        Assert.Equal(255, await _folder.RunAsync("repro"));
        Assert.Equal("ERROR: failed to reproduce 'a': failed to run: exit 3, exited with 3", _folder.Error);
        Assert.DoesNotContain("ERROR", _folder.Out, StringComparison.Ordinal);
        Assert.Equal(255, await _folder.RunAsync("repro", "--keep-going"));
        Assert.Equal("ERROR: failed to reproduce 'a', 'b'", _folder.Error);
        Assert.Contains("ERROR: failed to reproduce 'a': failed to run: exit 3, exited with 3\n", _folder.Out, StringComparison.Ordinal);
        Assert.Contains("> echo done\n", _folder.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repro_RunsCannotBeKept_RunsAllTheSame()
    {
        _folder.Write("dvc.yaml", "stages:\n  s:\n    cmd: cp in out\n    deps: [in]\n    outs: [out]\n");
        _folder.Write("in", "1");
        _folder.Write(".dvc/cache/runs", "a file is in the way");
        await _folder.OkAsync("repro");
        Assert.Equal("Data and pipelines are up to date.\n", await _folder.OkAsync("status"));
    }

    [Theory]
    [InlineData("<<<<<<< HEAD\nschema: '2.0'\n=======\nschema: '2.0'\n>>>>>>> other\n")]
    [InlineData("schema: '2.0'\nstages:\n<<<<<<< HEAD\n  s: {cmd: a}\n=======\n  s: {cmd: b}\n>>>>>>> other\n")]
    public async Task Repro_LockOfAMergeConflict_SaysWhatToDo(string text)
    {
        _folder.Write("dvc.yaml", "stages:\n  s:\n    cmd: 'true'\n");
        _folder.Write("dvc.lock", text);
        Assert.Equal(255, await _folder.RunAsync("repro"));
        Assert.Contains("'dvc.lock' has conflict markers of a git merge", _folder.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stages: {a: {cmd: echo a, outs: [a]}}\n", "stage", "add", "-n", "b", "true")]
    [InlineData("stages: {a: {cmd: echo a, outs: [a]}, c: {cmd: x}}\n", "remove", "a")]
    [InlineData("stages: {a: {cmd: echo a, outs: [a]}, c: {cmd: x}}\n", "freeze", "a")]
    [InlineData("{\"stages\": {\"a\": {\"cmd\": \"echo a\", \"outs\": [\"a\"]}}}\n", "stage", "add", "-n", "b", "true")]
    public async Task Change_PipelineWithBrackets_IsRefusedAndNothingIsLost(string text, params string[] command)
    {
        _folder.Write("dvc.yaml", text);
        Assert.Equal(255, await _folder.RunAsync(command));
        Assert.Contains("by hand", _folder.Error, StringComparison.Ordinal);
        Assert.Equal(text, _folder.Read("dvc.yaml"));
    }

    [Fact]
    public async Task Targets_OfThePipelineHere_MayBeginWithAColon()
    {
        _folder.Write("dvc.yaml", "stages:\n  a:\n    cmd: echo a\n  b:\n    cmd: echo b\n");
        string said = await _folder.OkAsync("repro", ":b");
        Assert.Contains("Running stage 'b'", said, StringComparison.Ordinal);
        Assert.DoesNotContain("'a'", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dvc.yaml")]
    [InlineData("other.dvc")]
    [InlineData("sub/.git/hooks")]
    [InlineData("sub/.GIT/config")]
    public async Task Checkout_OutputThatIsNoData_IsRefused(string path)
    {
        _folder.Write("x", "x");
        await _folder.OkAsync("add", "x");
        _folder.Write("bad.dvc", _folder.Read("x.dvc").Replace("path: x", $"path: {path}", StringComparison.Ordinal));
        Assert.Equal(255, await _folder.RunAsync("checkout", "bad.dvc"));
        Assert.Contains("cannot be an output", _folder.Error, StringComparison.Ordinal);
        Assert.False(_folder.Exists(path));
    }
}
