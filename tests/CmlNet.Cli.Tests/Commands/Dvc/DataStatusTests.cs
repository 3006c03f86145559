namespace CmlNet.Cli.Tests.Commands.Dvc;

public sealed class DataStatusTests : IDisposable
{
    private readonly DvcFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DataStatus_ChangesOnBothSides_TellsThemApart()
    {
        _folder.Write("a", "1");
        await _folder.OkAsync("add", "a");
        _folder.Commit("one");
        Assert.Equal("No changes.\n", await _folder.OkAsync("data", "status"));
        _folder.Write("b", "2");
        await _folder.OkAsync("add", "b");
        _folder.Write("a", "changed");
        Assert.Equal("{\"committed\": {\"added\": [\"b\"]}, \"uncommitted\": {\"modified\": [\"a\"]}, \"git\": {\"is_empty\": false, \"is_dirty\": true}}\n", await _folder.OkAsync("data", "status", "--json"));
    }

    [Fact]
    public async Task DataStatus_FolderThatDidNotChange_IsNoChange()
    {
        _folder.Write("data/a", "a");
        await _folder.OkAsync("add", "data");
        _folder.Commit("data");
        Assert.Equal("No changes.\n", await _folder.OkAsync("data", "status"));
        _folder.Write("data/b", "b");
        Assert.Equal("{\"uncommitted\": {\"modified\": [\"data/\"]}, \"git\": {\"is_empty\": false, \"is_dirty\": false}}\n", await _folder.OkAsync("data", "status", "--json"));
        Assert.Contains("\"added\": [\"data/b\"]", await _folder.OkAsync("data", "status", "--json", "--granular"), StringComparison.Ordinal);
        // Of a folder whose list is gone nothing is said file by file.
        await _folder.OkAsync("commit", "-f");
        File.Delete(Directory.EnumerateFiles(_folder.PathOf(".dvc/cache"), "*.dir", SearchOption.AllDirectories).First(file => File.ReadAllText(file).Contains("relpath\": \"b", StringComparison.Ordinal)));
        Assert.DoesNotContain("data/b", await _folder.OkAsync("data", "status", "--json", "--granular"), StringComparison.Ordinal);
    }
}
