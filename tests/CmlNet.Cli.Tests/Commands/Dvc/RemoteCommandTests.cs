using CmlNet.Testing.S3;

namespace CmlNet.Cli.Tests.Commands.Dvc;

public sealed class RemoteCommandTests : IAsyncLifetime, IDisposable
{
    private readonly DvcFolder _folder = new();

    public async Task InitializeAsync()
    {
        _folder.Write("data/a", "one");
        _folder.Write("data/b", "two");
        _folder.Write("file", "three");
        await _folder.OkAsync("add", "data", "file");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PushPull_LocalRemote_BringsEverythingBack()
    {
        await _folder.OkAsync("remote", "add", "-d", "store", _folder.Beside("store"));
        Assert.Equal("new:                data\nnew:                data/a\nnew:                data/b\nnew:                file\n", await _folder.OkAsync("status", "-c"));
        Assert.Equal("4 files pushed\n", await _folder.OkAsync("push"));
        Assert.Equal("Everything is up to date.\n", await _folder.OkAsync("push"));
        Assert.Equal("Cache and remote 'store' are in sync.\n", await _folder.OkAsync("status", "-c"));
        Forget();
        Assert.Equal("A\tdata/\nA\tfile\n2 files added and 4 files fetched\n", await _folder.OkAsync("pull"));
        Assert.Equal(("one", "two", "three"), (_folder.Read("data/a"), _folder.Read("data/b"), _folder.Read("file")));
        Assert.Equal("Data and pipelines are up to date.\n", await _folder.OkAsync("status"));
    }

    [Fact]
    public async Task Pull_PartOfAFolder_GetsOnlyThat()
    {
        await _folder.OkAsync("remote", "add", "-d", "store", _folder.Beside("store"));
        await _folder.OkAsync("push");
        Forget();
        await _folder.OkAsync("pull", "data/b");
        Assert.Equal((false, true, false), (_folder.Exists("data/a"), _folder.Exists("data/b"), _folder.Exists("file")));
    }

    [Fact]
    public async Task Pull_MissingAtTheRemote_GetsTheRestAndSaysWhat()
    {
        await _folder.OkAsync("remote", "add", "-d", "store", _folder.Beside("store"));
        await _folder.OkAsync("push", "data");
        Forget();
        Assert.Equal(255, await _folder.RunAsync("pull"));
        Assert.Contains("not found there: file", _folder.Error, StringComparison.Ordinal);
        Assert.Equal("one", _folder.Read("data/a"));
    }

    [Fact]
    public async Task PushPull_S3Remote_SurvivesAServerThatIsBusyAtFirst()
    {
        await using var server = new FakeS3Server();
        int busy = 2;
        server.Fault = line => line.StartsWith("PUT", StringComparison.Ordinal) && Interlocked.Decrement(ref busy) >= 0 ? 503 : null;
        await _folder.OkAsync("remote", "add", "-d", "store", "s3://bucket/data");
        await _folder.OkAsync("remote", "modify", "store", "endpointurl", server.Endpoint);
        await _folder.OkAsync("remote", "modify", "--local", "store", "access_key_id", FakeS3Server.KeyId);
        await _folder.OkAsync("remote", "modify", "--local", "store", "secret_access_key", FakeS3Server.Secret);
        Assert.Equal("4 files pushed\n", await _folder.OkAsync("push", "-j", "2"));
        Assert.Contains("bucket/data/files/md5/35/d6d33467aae9a2e3dccb4b6b027878", server.Objects.Keys);
        Forget();
        await _folder.OkAsync("pull");
        Assert.Equal("three", _folder.Read("file"));
        Assert.Equal("", _folder.Error);
    }

    [Fact]
    public async Task ImportUrl_FileOfThisMachine_IsBroughtUpToDate()
    {
        string source = _folder.Beside("source.txt");
        File.WriteAllText(source, "one");
        Assert.Contains("git add .gitignore source.txt.dvc\n", await _folder.OkAsync("import-url", source), StringComparison.Ordinal);
        Assert.Contains($"path: {source}\n", _folder.Read("source.txt.dvc"), StringComparison.Ordinal);
        Assert.StartsWith("md5: ", _folder.Read("source.txt.dvc"), StringComparison.Ordinal);
        File.WriteAllText(source, "two");
        await _folder.OkAsync("update", "source.txt.dvc");
        Assert.Equal("two", _folder.Read("source.txt"));
        Assert.Contains("up to date", await _folder.OkAsync("status", "source.txt.dvc"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportUrl_FromS3_IsKnownByItsETag()
    {
        await using var server = new FakeS3Server();
        server.Objects["bucket/raw/table.csv"] = "a,b\n"u8.ToArray();
        await _folder.OkAsync("remote", "add", "source", "s3://bucket/raw");
        await _folder.OkAsync("remote", "modify", "source", "endpointurl", server.Endpoint);
        await _folder.OkAsync("remote", "modify", "--local", "source", "access_key_id", FakeS3Server.KeyId);
        await _folder.OkAsync("remote", "modify", "--local", "source", "secret_access_key", FakeS3Server.Secret);
        await _folder.OkAsync("import-url", "s3://bucket/raw/table.csv", "table.csv");
        // The ETag of S3 without quotes, as DVC writes it: md5sum of the content.
        Assert.Contains("- etag: f69f5b72bc79a92dc70c63c9aa142e36\n", _folder.Read("table.csv.dvc").Replace("  etag", "- etag", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("a,b\n", _folder.Read("table.csv"));
        string record = _folder.Read("table.csv.dvc");
        int reads = server.Requests.Count(line => line.StartsWith("GET", StringComparison.Ordinal));
        await _folder.OkAsync("update", "table.csv.dvc");
        Assert.Equal((record, reads), (_folder.Read("table.csv.dvc"), server.Requests.Count(line => line.StartsWith("GET", StringComparison.Ordinal))));
        server.Objects["bucket/raw/table.csv"] = "a,b\n1,2\n"u8.ToArray();
        await _folder.OkAsync("update", "table.csv.dvc");
        Assert.Equal("a,b\n1,2\n", _folder.Read("table.csv"));
        Assert.NotEqual(record, _folder.Read("table.csv.dvc"));
        // Changed there between the mark and the content.
        server.Fault = line =>
        {
            if (line.StartsWith("GET", StringComparison.Ordinal))
                server.Objects["bucket/raw/table.csv"] = "other"u8.ToArray();
            return null;
        };
        server.Objects["bucket/raw/table.csv"] = "third"u8.ToArray();
        Assert.Equal(255, await _folder.RunAsync("update", "table.csv.dvc"));
        Assert.Contains("changed while it was read", _folder.Error, StringComparison.Ordinal);
        Assert.Equal("a,b\n1,2\n", _folder.Read("table.csv"));
    }

    /// <summary>The system's ssh is replaced by one that runs the command here: the protocol in its shell is the real one.</summary>
    [SkippableTheory]
    [InlineData("sh")]
    [InlineData("bash")]
    [InlineData("dash")]
    public async Task PushPull_SshRemote_UsesTheOtherSidesShell(string shell)
    {
        Skip.IfNot(File.Exists("/bin/" + shell.Split(' ')[0]) || File.Exists("/usr/bin/" + shell.Split(' ')[0]), $"{shell} is not installed");
        _folder.Write("ssh", $"#!/bin/sh\necho \"$@\" >> \"{_folder.Beside("calls")}\"\nfor last; do :; done\nexec {shell} -c \"$last\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder.PathOf("ssh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _folder.Environment["DVC_SSH_COMMAND"] = _folder.PathOf("ssh");
        await _folder.OkAsync("remote", "add", "-d", "store", $"ssh://me@example.org:2222{_folder.Beside("it's a store")}");
        Assert.Equal("4 files pushed\n", await _folder.OkAsync("push", "-j", "2"));
        Assert.StartsWith("-T -o BatchMode=yes -p 2222 -l me -- example.org", File.ReadAllText(_folder.Beside("calls")), StringComparison.Ordinal);
        Forget();
        await _folder.OkAsync("pull", "-j", "2");
        Assert.Equal(("one", "three"), (_folder.Read("data/a"), _folder.Read("file")));
    }

    [Theory]
    [InlineData("gs://b/p", "endpointurl https://storage.googleapis.com")]
    [InlineData("gdrive://x", "rclone")]
    [InlineData("azure://c", "blobfuse2")]
    [InlineData("nonsense://c", "use a folder, s3://")]
    public async Task Push_UnsupportedRemote_NamesAnotherWay(string url, string advice)
    {
        await _folder.OkAsync("remote", "add", "-d", "store", url);
        Assert.Equal(255, await _folder.RunAsync("push"));
        Assert.Contains(advice, _folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_NoRemote_SaysHowToAddOne()
    {
        Assert.Equal(251, await _folder.RunAsync("push"));
        Assert.Contains("dvc remote add -d", _folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetImportUpdateList_OtherProject_TakeDataAndGitFiles()
    {
        _folder.Write("code/train.py", "print()");
        await _folder.OkAsync("remote", "add", "-d", "store", _folder.Beside("store"));
        await _folder.OkAsync("push");
        _folder.Commit("one");
        using var other = new DvcFolder();
        Assert.Equal(".dvcignore\n.gitignore\ncode\ndata\ndata.dvc\nfile\nfile.dvc\n".Replace(".dvcignore\n", ".dvc\n", StringComparison.Ordinal), await other.OkAsync("list", _folder.Root));
        Assert.Equal("data/a\ndata/b\nfile\n", await other.OkAsync("list", _folder.Root, "--dvc-only", "-R"));
        await other.OkAsync("get", _folder.Root, "data/a", "-o", "got");
        await other.OkAsync("get", _folder.Root, "code");
        Assert.Equal(("one", "print()"), (other.Read("got"), other.Read("code/train.py")));
        await other.OkAsync("import", _folder.Root, "data");
        Assert.Equal("two", other.Read("data/b"));
        Assert.Contains($"rev_lock: {_folder.Git("rev-parse", "HEAD").Trim()}", other.Read("data.dvc"), StringComparison.Ordinal);
        Assert.Equal("Data and pipelines are up to date.\n", await other.OkAsync("status"));
        Directory.Delete(other.PathOf("data"), recursive: true);
        Directory.Delete(other.PathOf(".dvc/cache"), recursive: true);
        await other.OkAsync("pull");
        Assert.Equal("two", other.Read("data/b"));
        _folder.Write("data/b", "new");
        await _folder.OkAsync("add", "data");
        _folder.Commit("two");
        await other.OkAsync("update", "data.dvc");
        Assert.Equal("new", other.Read("data/b"));
    }

    private void Forget()
    {
        Directory.Delete(_folder.PathOf(".dvc/cache"), recursive: true);
        Directory.Delete(_folder.PathOf("data"), recursive: true);
        File.Delete(_folder.PathOf("file"));
    }
}
