namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary><c>--glob</c> and <c>--with-deps</c>, on every command that has them.</summary>
public sealed class TargetOptionTests : IAsyncLifetime, IDisposable
{
    private readonly DvcFolder _folder = new();

    public async Task InitializeAsync()
    {
        _folder.Write("dvc.yaml", "stages:\n  prepare:\n    cmd: cp raw prepared\n    deps: [raw]\n    outs: [prepared]\n  train-a:\n    cmd: cp prepared model-a\n    deps: [prepared]\n    outs: [model-a]\n  train-b:\n    cmd: cp prepared model-b && echo b >> model-b\n    deps: [prepared]\n    outs: [model-b]\n  last:\n    cmd: cat model-a > shown\n    deps: [model-a]\n");
        _folder.Write("raw", "r\n");
        _folder.Write("sub/x.txt", "x\n");
        _folder.Write("sub/y.txt", "y\n");
        _folder.Write("sub/deep/z.txt", "z\n");
        await _folder.OkAsync("remote", "add", "-d", "store", _folder.Beside("remote"));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Add_Glob_TakesWhatMatches()
    {
        await _folder.OkAsync("add", "--glob", "sub/*.txt");
        Assert.True(_folder.Exists("sub/x.txt.dvc") && _folder.Exists("sub/y.txt.dvc"));
        Assert.False(_folder.Exists("sub/deep/z.txt.dvc"));
        await _folder.OkAsync("add", "--glob", "**/z.*");
        Assert.True(_folder.Exists("sub/deep/z.txt.dvc"));
        Assert.Equal(255, await _folder.RunAsync("add", "--glob", "none*"));
        Assert.Contains("Glob ['none*'] has no matches.", _folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repro_Glob_RunsWhatMatchesAndWhatItNeeds()
    {
        await _folder.OkAsync("add", "raw");
        string said = await _folder.OkAsync("repro", "--glob", "train-*");
        Assert.Equal(["prepare", "train-a", "train-b"], said.Split('\n').Where(line => line.StartsWith("Running", StringComparison.Ordinal)).Select(line => line.Split('\'')[1]));
        Assert.Equal(255, await _folder.RunAsync("repro", "--glob", "nothing*"));
    }

    [Fact]
    public async Task PushPull_Glob_MoveOnlyWhatMatches()
    {
        await _folder.OkAsync("add", "raw", "sub/x.txt", "sub/y.txt");
        await _folder.OkAsync("repro");
        Assert.Equal("2 files pushed\n", await _folder.OkAsync("push", "--glob", "sub/*.dvc"));
        Assert.Equal("1 file pushed\n", await _folder.OkAsync("push", "--glob", "*-b"));
        Directory.Delete(_folder.PathOf(".dvc/cache"), recursive: true);
        File.Delete(_folder.PathOf("sub/x.txt"));
        File.Delete(_folder.PathOf("sub/y.txt"));
        await _folder.OkAsync("pull", "--glob", "sub/x*");
        Assert.True(_folder.Exists("sub/x.txt"));
        Assert.False(_folder.Exists("sub/y.txt"));
        Assert.Equal(255, await _folder.RunAsync("push", "--glob", "*.none"));
    }

    [Fact]
    public async Task WithDeps_TransfersAndCheckout_TakeWhatIsUpstream()
    {
        await _folder.OkAsync("add", "raw");
        await _folder.OkAsync("repro");
        // raw and prepared are one object, as are all copies of it.
        Assert.Equal("1 file pushed\n", await _folder.OkAsync("push", "model-b"));
        Assert.Equal("1 file pushed\n", await _folder.OkAsync("push", "--with-deps", "train-b"));
        Directory.Delete(_folder.PathOf(".dvc/cache"), recursive: true);
        await _folder.OkAsync("fetch", "model-b");
        Assert.Equal(1, Objects());
        await _folder.OkAsync("fetch", "-d", "train-b");
        Assert.Equal(2, Objects());
        foreach (string name in (string[])["raw", "prepared", "model-a", "model-b"])
            File.Delete(_folder.PathOf(name));
        await _folder.OkAsync("checkout", "train-b");
        Assert.Equal([false, false, false, true], Present());
        await _folder.OkAsync("checkout", "--with-deps", "train-b");
        Assert.Equal([true, true, false, true], Present());
        await _folder.OkAsync("pull", "-d", "model-a");
        Assert.Equal([true, true, true, true], Present());
    }

    [Fact]
    public async Task Status_WithDeps_LooksUpstreamAndAtStagesThatMakeNothing()
    {
        await _folder.OkAsync("add", "raw");
        await _folder.OkAsync("repro");
        _folder.Write("raw", "changed\n");
        Assert.Equal("Data and pipelines are up to date.\n", await _folder.OkAsync("status", "last"));
        string status = await _folder.OkAsync("status", "--with-deps", "last");
        Assert.Contains("raw.dvc:\n", status, StringComparison.Ordinal);
        Assert.Contains("prepare:\n", status, StringComparison.Ordinal);
        Assert.DoesNotContain("train-b", status, StringComparison.Ordinal);
        await _folder.OkAsync("commit", "-f", "-d", "prepare");
        Assert.DoesNotContain("raw", await _folder.OkAsync("status", "-d", "prepare"), StringComparison.Ordinal);
    }

    private bool[] Present() => [_folder.Exists("raw"), _folder.Exists("prepared"), _folder.Exists("model-a"), _folder.Exists("model-b")];

    private int Objects() => Directory.GetFiles(_folder.PathOf(".dvc/cache/files"), "*", SearchOption.AllDirectories).Length;
}
