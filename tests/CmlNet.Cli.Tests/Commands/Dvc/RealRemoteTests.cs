namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>Remotes behind servers that others wrote.</summary>
public sealed class RealRemoteTests : IAsyncLifetime, IDisposable
{
    private readonly DvcFolder _folder = new();
    private readonly RealServers _servers = new();

    public async Task InitializeAsync()
    {
        _folder.Write("data/a", "one");
        _folder.Write("data/with space/ü.txt", "two");
        _folder.Write("file", new string('x', 300_000));
        await _folder.OkAsync("add", "data", "file");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _servers.Dispose();
        _folder.Dispose();
    }

    [SkippableFact]
    public async Task Http_WithPassword_WritesByPutAndGoesOnWhereItStopped()
    {
        string address = await _servers.StartNginxAsync();
        await RemoteAsync(address + "/plain/my store");
        await _folder.OkAsync("remote", "modify", "store", "method", "PUT");
        await RoundTripAsync();
        // A part from an earlier time: the server is asked for the rest only.
        string id = _folder.Read("file.dvc").Split("md5: ")[1][..32];
        string partial = Directory.GetFiles(Path.Combine(_servers.Stored, "plain"), id[2..], SearchOption.AllDirectories).Single();
        Assert.Equal(300_000, new FileInfo(partial).Length);
        Assert.Equal("Cache and remote 'store' are in sync.\n", await _folder.OkAsync("status", "-c"));
    }

    [SkippableFact]
    public async Task WebDav_RoundTripAndManyFiles_AreListedAndMovedIntoPlace()
    {
        string address = await _servers.StartNginxAsync();
        await RemoteAsync(address.Replace("http:", "webdav:", StringComparison.Ordinal) + "/dav/deep/store");
        Directory.CreateDirectory(Path.Combine(_servers.Stored, "dav", "deep"));
        await RoundTripAsync();
        for (int i = 0; i < 250; i++)
            _folder.Write($"many/{i}", $"number {i}");
        await _folder.OkAsync("add", "many");
        Assert.Equal("251 files pushed\n", await _folder.OkAsync("push"));
        int before = _servers.Requests.Length;
        Assert.Equal("Everything is up to date.\n", await _folder.OkAsync("push"));
        Assert.True(_servers.Requests.Length - before < 20, "each object was asked for");
        File.Delete(Path.Combine(_servers.Stored, "dav", "deep", "store", "files", "md5", _folder.Read("file.dvc").Split("md5: ")[1][..2], _folder.Read("file.dvc").Split("md5: ")[1][2..32]));
        Assert.Equal("new:                file\n", await _folder.OkAsync("status", "-c"));
        Assert.Equal("1 file pushed\n", await _folder.OkAsync("push"));
        Assert.Empty(Directory.GetFiles(_servers.Stored, "*.tmp", SearchOption.AllDirectories));
    }

    [SkippableFact]
    public async Task Http_WrongPassword_IsSaidWithoutIt()
    {
        string address = await _servers.StartNginxAsync();
        await _folder.OkAsync("remote", "add", "-d", "store", address + "/plain/s");
        await _folder.OkAsync("remote", "modify", "--local", "store", "user", RealServers.User);
        await _folder.OkAsync("remote", "modify", "--local", "store", "password", "wrong-secret");
        Assert.Equal(255, await _folder.RunAsync("push"));
        Assert.Contains("HTTP 401; set user and password", _folder.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", _folder.Error + _folder.Out, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Http_ReadOnlyRemote_ServesWhatOthersPushed()
    {
        string address = await _servers.StartNginxAsync();
        await _folder.OkAsync("remote", "add", "-d", "store", Path.Combine(_servers.Stored, "open"));
        await _folder.OkAsync("push");
        await _folder.OkAsync("remote", "modify", "store", "url", address + "/open");
        Forget();
        await _folder.OkAsync("pull");
        Assert.Equal("two", _folder.Read("data/with space/ü.txt"));
        _folder.Write("new", "new");
        await _folder.OkAsync("add", "new");
        Assert.Equal(255, await _folder.RunAsync("push"));
        Assert.Contains("could not be written", _folder.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Ssh_RealServer_TakesAndGivesEverything()
    {
        (int port, string program) = await _servers.StartSshAsync();
        _folder.Environment["DVC_SSH_COMMAND"] = program;
        await _folder.OkAsync("remote", "add", "-d", "store", $"ssh://root@127.0.0.1:{port}{_servers.Stored}/it's a store");
        Assert.Equal(255, await _folder.RunAsync("push"));
        Assert.Contains("Permission denied", _folder.Error, StringComparison.Ordinal);
        await _folder.OkAsync("remote", "modify", "store", "keyfile", _servers.KeyFile);
        await RoundTripAsync();
        for (int i = 0; i < 250; i++)
            _folder.Write($"many/{i}", $"number {i}");
        await _folder.OkAsync("add", "many");
        // More at once than sshd lets knock at once.
        Assert.Equal("251 files pushed\n", await _folder.OkAsync("push", "-j", "40"));
        Directory.Delete(_folder.PathOf(".dvc/cache"), recursive: true);
        Directory.Delete(_folder.PathOf("many"), recursive: true);
        await _folder.OkAsync("pull", "-j", "40");
        Assert.Equal("number 249", _folder.Read("many/249"));
    }

    [SkippableFact]
    public async Task ImportUrl_FromAServer_IsBroughtUpToDateWhenItChangesThere()
    {
        string address = await _servers.StartNginxAsync(), source = Path.Combine(_servers.Stored, "open", "table.csv");
        File.WriteAllText(source, "a,b\n");
        File.SetLastWriteTimeUtc(source, DateTime.UnixEpoch.AddDays(10_000));
        await _folder.OkAsync("import-url", address + "/open/table.csv");
        Assert.Equal("a,b\n", _folder.Read("table.csv"));
        string record = _folder.Read("table.csv.dvc");
        Assert.Contains($"path: {address}/open/table.csv", record, StringComparison.Ordinal);
        Assert.Contains("etag: ", record, StringComparison.Ordinal);
        Assert.Contains("frozen: true", record, StringComparison.Ordinal);
        Assert.Equal("Data and pipelines are up to date.\n", await _folder.OkAsync("status"));
        File.WriteAllText(source, "a,b\n1,2\n");
        await _folder.OkAsync("update", "table.csv.dvc");
        Assert.Equal("a,b\n1,2\n", _folder.Read("table.csv"));
        Assert.NotEqual(record, _folder.Read("table.csv.dvc"));
        Assert.Equal(255, await _folder.RunAsync("import-url", address + "/open/absent.csv"));
        Assert.Contains("HTTP 404", _folder.Error, StringComparison.Ordinal);
        Assert.False(_folder.Exists("absent.csv"));
    }

    [SkippableFact]
    public async Task ImportUrl_FromSsh_TakesTheFile()
    {
        (int port, string program) = await _servers.StartSshAsync();
        Directory.CreateDirectory(_servers.Stored);
        File.WriteAllText(Path.Combine(_servers.Stored, "weights"), "w");
        _folder.Environment["DVC_SSH_COMMAND"] = program;
        await _folder.OkAsync("remote", "add", "box", $"ssh://root@127.0.0.1:{port}{_servers.Stored}");
        await _folder.OkAsync("remote", "modify", "box", "keyfile", _servers.KeyFile);
        await _folder.OkAsync("import-url", "remote://box/weights", "mine");
        Assert.Equal("w", _folder.Read("mine"));
    }

    private async Task RemoteAsync(string url)
    {
        await _folder.OkAsync("remote", "add", "-d", "store", url);
        await _folder.OkAsync("remote", "modify", "--local", "store", "user", RealServers.User);
        await _folder.OkAsync("remote", "modify", "--local", "store", "password", RealServers.Password);
    }

    private async Task RoundTripAsync()
    {
        Assert.Equal("4 files pushed\n", await _folder.OkAsync("push"));
        Assert.Equal("Everything is up to date.\n", await _folder.OkAsync("push"));
        Forget();
        await _folder.OkAsync("pull");
        Assert.Equal(("one", "two", 300_000), (_folder.Read("data/a"), _folder.Read("data/with space/ü.txt"), _folder.Read("file").Length));
        Assert.Equal("Data and pipelines are up to date.\n", await _folder.OkAsync("status"));
    }

    private void Forget()
    {
        Directory.Delete(_folder.PathOf(".dvc/cache"), recursive: true);
        Directory.Delete(_folder.PathOf("data"), recursive: true);
        File.Delete(_folder.PathOf("file"));
    }
}
