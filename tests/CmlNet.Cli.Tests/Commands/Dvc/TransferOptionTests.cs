using CmlNet.Testing.S3;

namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>Options of the commands that move data, and of those that ask where it is.</summary>
public sealed class TransferOptionTests : IAsyncLifetime, IDisposable
{
    private readonly DvcFolder _folder = new();

    public async Task InitializeAsync()
    {
        _folder.Write("data/a", "one");
        await _folder.OkAsync("remote", "add", "-d", "store", _folder.Beside("store"));
        await _folder.OkAsync("add", "data");
        await _folder.OkAsync("push");
        _folder.Commit("one");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Add_ToRemote_LeavesNothingHere()
    {
        Directory.CreateDirectory(_folder.Beside("outside/sub"));
        File.WriteAllText(_folder.Beside("outside/x"), "x");
        File.WriteAllText(_folder.Beside("outside/sub/y"), "y");
        await _folder.OkAsync("add", "--to-remote", _folder.Beside("outside"), "-o", "sent");
        Assert.False(_folder.Exists("sent"));
        Assert.True(_folder.Exists("sent.dvc"));
        Assert.Contains("/sent\n", _folder.Read(".gitignore"), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(_folder.PathOf(".dvc/cache/files"), "*", SearchOption.AllDirectories).Length);
        await _folder.OkAsync("pull");
        Assert.Equal(("x", "y"), (_folder.Read("sent/x"), _folder.Read("sent/sub/y")));
        Assert.Equal("Data and pipelines are up to date.\n", await _folder.OkAsync("status"));
        Assert.Equal(255, await _folder.RunAsync("add", "--to-remote", _folder.Beside("outside"), "-o", "sent"));
        Assert.Equal(255, await _folder.RunAsync("add", "--to-remote", _folder.Beside("outside"), "-o", "data/in"));
        Assert.Equal(255, await _folder.RunAsync("add", "--to-remote", _folder.Beside("nothing")));
        Assert.Equal(254, await _folder.RunAsync("add", "-r", "store", "data"));
        Assert.Equal(254, await _folder.RunAsync("add", "--to-remote", "--no-commit", "data"));
    }

    [Fact]
    public async Task Add_ToRemote_FileThatChangesBetweenHashAndSending_IsNotLeftThere()
    {
        await using var server = new FakeS3Server();
        string source = _folder.Beside("log");
        File.WriteAllText(source, "one");
        server.Fault = line =>
        {
            if (line.StartsWith("HEAD", StringComparison.Ordinal))
                File.WriteAllText(source, "one\ntwo");
            return null;
        };
        await _folder.OkAsync("remote", "add", "s3", "s3://bucket/data");
        await _folder.OkAsync("remote", "modify", "s3", "endpointurl", server.Endpoint);
        await _folder.OkAsync("remote", "modify", "--local", "s3", "access_key_id", FakeS3Server.KeyId);
        await _folder.OkAsync("remote", "modify", "--local", "s3", "secret_access_key", FakeS3Server.Secret);
        Assert.Equal(255, await _folder.RunAsync("add", "--to-remote", source, "-r", "s3"));
        Assert.Contains("changed while it was sent", _folder.Error, StringComparison.Ordinal);
        Assert.Empty(server.Objects);
        Assert.False(_folder.Exists("log.dvc"));
    }

    [Fact]
    public async Task Add_Out_CopiesWhatLiesElsewhere()
    {
        File.WriteAllText(_folder.Beside("table.csv"), "a,b\n");
        await _folder.OkAsync("add", _folder.Beside("table.csv"), "-o", "raw/table.csv");
        Assert.Equal("a,b\n", _folder.Read("raw/table.csv"));
        Assert.Equal("Data and pipelines are up to date.\n", await _folder.OkAsync("status"));
        Assert.Equal("1 file pushed\n", await _folder.OkAsync("push"));
        File.WriteAllText(_folder.Beside("table.csv"), "a\n");
        Assert.Equal(255, await _folder.RunAsync("add", _folder.Beside("table.csv"), "-o", "raw/table.csv"));
        await _folder.OkAsync("add", "-f", _folder.Beside("table.csv"), "-o", "raw/table.csv");
        Assert.Equal("a\n", _folder.Read("raw/table.csv"));
    }

    [Fact]
    public async Task StatusOfTheRemote_OtherRevisions_AreLookedAt()
    {
        _folder.Git("checkout", "-q", "-b", "other");
        _folder.Write("data/a", "two");
        await _folder.OkAsync("add", "data");
        _folder.Commit("two");
        _folder.Git("checkout", "-q", "main");
        await _folder.OkAsync("checkout");
        Assert.Equal("Cache and remote 'store' are in sync.\n", await _folder.OkAsync("status", "-c"));
        Assert.Equal("new:                data\nnew:                data/a\n", await _folder.OkAsync("status", "-c", "-a"));
        Assert.Equal("{\"data\": \"new\", \"data/a\": \"new\"}\n", await _folder.OkAsync("status", "--json", "-A"));
        await _folder.OkAsync("push", "-a");
        Assert.Equal("Cache and remote 'store' are in sync.\n", await _folder.OkAsync("status", "-c", "-a", "-T"));
    }

    [Fact]
    public async Task DataStatus_NotInRemote_ListsWhatWasNotPushed()
    {
        _folder.Write("data/b", "two");
        _folder.Write("own", "own");
        await _folder.OkAsync("add", "data", "own");
        string text = await _folder.OkAsync("data", "status", "--not-in-remote");
        Assert.Contains("Not in remote:\n  (use \"dvc push <file>...\" to upload files)\n        data/\n        own\n", text, StringComparison.Ordinal);
        Assert.Contains("\"not_in_remote\": [\"data/\", \"data/b\", \"own\"]", await _folder.OkAsync("data", "status", "--not-in-remote", "--granular", "--json"), StringComparison.Ordinal);
        await _folder.OkAsync("push");
        Assert.DoesNotContain("Not in remote", await _folder.OkAsync("data", "status", "--not-in-remote", "-r", "store"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_TypeAndSize_TakeOnlyThose()
    {
        _folder.Write("dvc.yaml", "stages:\n  s:\n    cmd: echo 12345 > model; echo a,b,c > plot.csv; echo x > m.json\n    outs: [model]\n    plots: [plot.csv]\n    metrics: [m.json]\n");
        await _folder.OkAsync("repro");
        await _folder.OkAsync("push");
        Directory.Delete(_folder.PathOf(".dvc/cache"), recursive: true);
        Assert.Equal("1 file fetched\n", await _folder.OkAsync("fetch", "--type", "plots"));
        Assert.Equal("3 files fetched\n", await _folder.OkAsync("fetch", "--max-size", "4", "data", "m.json", "model"));
        Assert.Equal("1 file fetched\n", await _folder.OkAsync("fetch"));
        Assert.Equal(254, await _folder.RunAsync("fetch", "--type", "models"));
    }

    [Fact]
    public async Task GetListImport_OtherRemote_IsTakenFromThere()
    {
        _folder.Write("code/deep/train.py", "print()");
        _folder.Commit("code");
        using var other = new DvcFolder();
        Assert.Equal(".\n├── .dvc\n│   ├── .gitignore\n│   └── config\n├── .gitignore\n├── code\n│   └── deep\n│       └── train.py\n├── data\n│   └── a\n└── data.dvc\n", await other.OkAsync("list", _folder.Root, "--tree"));
        Assert.Equal(".\n└── data\n", await other.OkAsync("list", _folder.Root, "-T", "-L", "1", "--dvc-only"));
        Assert.Equal(254, await other.RunAsync("list", _folder.Root, "-L", "1"));
        string address = await other.OkAsync("get", _folder.Root, "data/a", "--show-url");
        Assert.Equal("one", File.ReadAllText(address.TrimEnd('\n')));
        // Another remote of theirs, and an option of it.
        Directory.Delete(_folder.PathOf(".dvc/cache"), recursive: true);
        Directory.Move(_folder.Beside("store"), _folder.Beside("moved"));
        Assert.Equal(255, await other.RunAsync("get", _folder.Root, "data"));
        await other.OkAsync("import", _folder.Root, "data", "--remote-config", "url=" + _folder.Beside("moved"));
        Assert.Matches($"remote:\n +url: {_folder.Beside("moved")}\n", other.Read("data.dvc"));
        Directory.Delete(other.PathOf(".dvc/cache"), recursive: true);
        Directory.Delete(other.PathOf("data"), recursive: true);
        await other.OkAsync("pull");
        Assert.Equal("one", other.Read("data/a"));
    }

    [Fact]
    public async Task Import_WithoutDownload_IsGotByAnUpdate()
    {
        using var other = new DvcFolder();
        await other.OkAsync("import", _folder.Root, "data", "--no-download");
        Assert.False(other.Exists("data"));
        Assert.Contains("rev_lock: ", other.Read("data.dvc"), StringComparison.Ordinal);
        Assert.Equal(255, await other.RunAsync("import", _folder.Root, "data"));
        await other.OkAsync("update", "data.dvc");
        Assert.Equal("one", other.Read("data/a"));
        await other.OkAsync("import", "-f", _folder.Root, "data");
        Assert.Equal("Data and pipelines are up to date.\n", await other.OkAsync("status"));
        _folder.Write("data/a", "two");
        await _folder.OkAsync("add", "data");
        _folder.Commit("two");
        Assert.Equal($"data.dvc:\n\tchanged deps:\n\t\tupdate available:   data ({_folder.Root})\n", await other.OkAsync("status"));
        Assert.Equal("Data and pipelines are up to date.\n", await other.OkAsync("status", "--no-updates"));
        Directory.Move(_folder.Root, _folder.Root + "-gone");
        Assert.Equal("Data and pipelines are up to date.\n", await other.OkAsync("status"));
        Assert.Contains("WARNING", other.Error, StringComparison.Ordinal);
        Directory.Move(_folder.Root + "-gone", _folder.Root);
    }

    [Fact]
    public async Task Commit_DataOnly_LeavesStages()
    {
        _folder.Write("dvc.yaml", "stages:\n  s:\n    cmd: cp data/a out\n    deps: [data]\n    outs: [out]\n");
        await _folder.OkAsync("repro");
        _folder.Write("data/a", "new");
        _folder.Write("out", "new");
        await _folder.OkAsync("commit", "-f", "--data-only", "--relink");
        string status = await _folder.OkAsync("status");
        Assert.DoesNotContain("data.dvc", status, StringComparison.Ordinal);
        Assert.Contains("modified:           out", status, StringComparison.Ordinal);
    }
}
