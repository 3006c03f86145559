namespace CmlNet.Cli.Tests.Commands.Dvc;

public sealed class CommitCommandTests : IDisposable
{
    private readonly DvcFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("y\n", 0, "two")]
    [InlineData("what\nyes\n", 0, "two")]
    [InlineData("s\n", 0, "one")]
    [InlineData("n\n", 255, "one")]
    [InlineData("", 0, "two")] // nobody is there to answer
    public async Task Commit_ChangedData_IsAskedFor(string answer, int code, string recorded)
    {
        await ChangeAsync();
        _folder.In = answer;
        Assert.Equal(code, await _folder.RunAsync("commit"));
        Assert.Contains("outputs 'data' of 'data.dvc' changed. Are you sure you want to commit it? [y/n/s]", _folder.Error, StringComparison.Ordinal);
        Assert.Equal(code != 0, _folder.Error.Contains("unable to commit changed 'data.dvc'. Use `-f|--force` to force.", StringComparison.Ordinal));
        await RecordedAsync(recorded);
    }

    [Fact]
    public async Task Commit_Forced_IsNotAskedFor()
    {
        await ChangeAsync();
        _folder.In = "n\n";
        await _folder.OkAsync("commit", "-f");
        Assert.Equal("", _folder.Error);
        await RecordedAsync("two");
    }

    [Fact]
    public async Task Commit_OnlyNotInTheCache_IsNotAskedFor()
    {
        _folder.Write("data", "one");
        await _folder.OkAsync("add", "--no-commit", "data");
        _folder.In = "n\n";
        await _folder.OkAsync("commit");
        Assert.Equal("", _folder.Error);
        await RecordedAsync("one");
    }

    [Theory]
    [InlineData("y\n", 0)]
    [InlineData("n\n", 255)]
    [InlineData("", 255)] // its outputs may be of before
    public async Task Commit_StageWhoseDependencyChanged_NeedsAYes(string answer, int code)
    {
        _folder.Write("dvc.yaml", "stages:\n  s:\n    cmd: cp in out\n    deps: [in]\n    outs: [out]\n");
        _folder.Write("in", "1");
        await _folder.OkAsync("repro");
        _folder.Write("in", "2");
        _folder.In = answer;
        Assert.Equal(code, await _folder.RunAsync("commit"));
        Assert.Contains("dependencies 'in' of 's' changed. Are you sure", _folder.Error, StringComparison.Ordinal);
        Assert.Equal(code == 0, await _folder.OkAsync("status") == "Data and pipelines are up to date.\n");
    }

    private async Task ChangeAsync()
    {
        _folder.Write("data", "one");
        await _folder.OkAsync("add", "data");
        _folder.Write("data", "two");
    }

    private async Task RecordedAsync(string content)
    {
        await _folder.OkAsync("checkout", "-f");
        Assert.Equal(content, _folder.Read("data"));
    }
}
