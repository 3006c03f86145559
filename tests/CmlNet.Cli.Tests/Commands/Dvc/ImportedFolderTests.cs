using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using CmlNet.Testing.S3;

namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>Folders from elsewhere.</summary>
public sealed class ImportedFolderTests : IDisposable
{
    private readonly DvcFolder _folder = new();

    private string Elsewhere => _folder.Beside("elsewhere/set");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ImportUrl_FolderOfThisMachine_IsBroughtUpToDate()
    {
        Place("a", "one");
        Place("sub/ü b", "two");
        File.CreateSymbolicLink(Path.Combine(Elsewhere, "link"), Path.Combine(Elsewhere, "a"));
        await _folder.OkAsync("import-url", Elsewhere + "/");
        Assert.Equal(("one", "two", "one"), (_folder.Read("set/a"), _folder.Read("set/sub/ü b"), _folder.Read("set/link")));
        string record = _folder.Read("set.dvc");
        // What DVC records of a folder on this machine is its hash, twice.
        string hash = DirectoryHash("md5", ("a", Md5("one")), ("link", Md5("one")), ("sub/ü b", Md5("two")));
        Assert.Equal(2, record.Split($"md5: {hash}.dir\n").Length - 1);
        Assert.Contains($"  nfiles: 3\n  hash: md5\n  path: {Elsewhere}\n", record, StringComparison.Ordinal);
        Assert.Equal("Data and pipelines are up to date.\n", await _folder.OkAsync("status"));
        Place("a", "three");
        File.Delete(Path.Combine(Elsewhere, "link"));
        await _folder.OkAsync("update", "set.dvc");
        Assert.Equal("three", _folder.Read("set/a"));
        Assert.False(_folder.Exists("set/link"));
        // It may become a file there.
        Directory.Delete(Elsewhere, recursive: true);
        await File.WriteAllTextAsync(Elsewhere, "a file");
        await _folder.OkAsync("update", "set.dvc");
        Assert.Equal("a file", _folder.Read("set"));
    }

    [Fact]
    public async Task ImportUrl_FolderWithWhatIsNoFile_IsRefusedAndLeavesNothing()
    {
        Place("a", "one");
        using (var pipe = Process.Start("mkfifo", [Path.Combine(Elsewhere, "pipe")]))
            await pipe.WaitForExitAsync();
        Assert.Equal(255, await _folder.RunAsync("import-url", Elsewhere));
        Assert.Contains("set/pipe' is neither a file nor a folder", _folder.Error, StringComparison.Ordinal);
        Assert.Equal(255, await _folder.RunAsync("import-url", _folder.Beside("nothing")));
        Assert.Contains("does not exist", _folder.Error, StringComparison.Ordinal);
        Assert.Equal(255, await _folder.RunAsync("import-url", _folder.Beside(""), "all"));
        Assert.Contains("is a folder around this project", _folder.Error, StringComparison.Ordinal);
        Assert.Equal(255, await _folder.RunAsync("import-url", "https://example.org/data/"));
        Assert.Contains("HTTP has no list of its files", _folder.Error, StringComparison.Ordinal);
        Assert.Equal(255, await _folder.RunAsync("import-url", "https://127.0.0.1:1/data"));
        Assert.Contains("ERROR: 'https://127.0.0.1:1/data' cannot be reached: ", _folder.Error, StringComparison.Ordinal);
        Assert.Equal(255, await _folder.RunAsync("import-url", "http://[bad/data"));
        Assert.Contains("ERROR: 'http://[bad/data' is no URL", _folder.Error, StringComparison.Ordinal);
        Assert.Equal([".dvc", ".git"], Directory.GetFileSystemEntries(_folder.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ImportUrl_FolderOfS3_IsKnownByTheETagsOfItsFiles()
    {
        await using var server = new FakeS3Server { PageSize = 2 };
        foreach (string name in (string[])["a", "sub/b", "sub/c d", "sub/"])
            server.Objects["bucket/raw/set/" + name] = Encoding.UTF8.GetBytes(name);
        server.Objects["bucket/raw/setting"] = "another"u8.ToArray();
        await _folder.OkAsync("remote", "add", "source", "s3://bucket/raw");
        await _folder.OkAsync("remote", "modify", "source", "endpointurl", server.Endpoint);
        await _folder.OkAsync("remote", "modify", "--local", "source", "access_key_id", FakeS3Server.KeyId);
        await _folder.OkAsync("remote", "modify", "--local", "source", "secret_access_key", FakeS3Server.Secret);
        await _folder.OkAsync("import-url", "-j", "2", "s3://bucket/raw/set", "set");
        Assert.Equal(("a", "sub/b", "sub/c d"), (_folder.Read("set/a"), _folder.Read("set/sub/b"), _folder.Read("set/sub/c d")));
        Assert.Contains($"- etag: {DirectoryHash("etag", ("a", Md5("a")), ("sub/b", Md5("sub/b")), ("sub/c d", Md5("sub/c d")))}.dir\n  size: 13\n  nfiles: 3\n", _folder.Read("set.dvc"), StringComparison.Ordinal);
        string record = _folder.Read("set.dvc");
        int reads = Reads(server);
        await _folder.OkAsync("update", "set.dvc");
        Assert.Equal((record, reads), (_folder.Read("set.dvc"), Reads(server)));
        server.Objects["bucket/raw/set/sub/b"] = "new"u8.ToArray();
        server.Objects.TryRemove("bucket/raw/set/a", out _);
        await _folder.OkAsync("update", "set.dvc");
        Assert.Equal("new", _folder.Read("set/sub/b"));
        Assert.False(_folder.Exists("set/a"));
        // Changed while it is read; and a name that leads out of the folder.
        server.Fault = line =>
        {
            if (line.StartsWith("GET", StringComparison.Ordinal) && line.Contains("c%20d", StringComparison.Ordinal))
                server.Objects["bucket/raw/set/sub/b"] = "other"u8.ToArray();
            return null;
        };
        server.Objects["bucket/raw/set/sub/b"] = "third"u8.ToArray();
        Assert.Equal(255, await _folder.RunAsync("update", "set.dvc"));
        Assert.Contains("changed while it was read", _folder.Error, StringComparison.Ordinal);
        Assert.Equal("new", _folder.Read("set/sub/b"));
        server.Objects["bucket/raw/set/../../../escaped"] = "evil"u8.ToArray();
        Assert.Equal(255, await _folder.RunAsync("update", "set.dvc"));
        Assert.Contains("names a file outside its folder", _folder.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Beside("escaped")));
        Assert.Equal(255, await _folder.RunAsync("import-url", "s3://bucket/raw/none"));
        Assert.Contains("'s3://bucket/raw/none' is not there", _folder.Error, StringComparison.Ordinal);
    }

    /// <summary>The system's ssh is replaced by one that runs the command here.</summary>
    [Fact]
    public async Task ImportUrl_FolderOverSsh_GoesToARemoteAlone()
    {
        _folder.Write("ssh", "#!/bin/sh\nfor last; do :; done\nexec sh -c \"$last\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder.PathOf("ssh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _folder.Environment["DVC_SSH_COMMAND"] = _folder.PathOf("ssh");
        Place("a.tmp", "one");
        Place("sub/b", "two");
        await _folder.OkAsync("remote", "add", "-d", "store", "../store");
        await _folder.OkAsync("import-url", "--to-remote", $"ssh://me@example.org{Elsewhere}", "set");
        string hash = DirectoryHash("md5", ("a.tmp", Md5("one")), ("sub/b", Md5("two")));
        Assert.Equal(2, _folder.Read("set.dvc").Split($"md5: {hash}.dir\n").Length - 1);
        Assert.False(_folder.Exists("set"));
        await _folder.OkAsync("pull");
        Assert.Equal(("one", "two"), (_folder.Read("set/a.tmp"), _folder.Read("set/sub/b")));
    }

    private static int Reads(FakeS3Server server) => server.Requests.Count(line => line.StartsWith("GET", StringComparison.Ordinal) && !line.Contains("list-type", StringComparison.Ordinal));

#pragma warning disable CA5351 // DVC's hash.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351

    // As Python writes it: json.dumps([{"md5": …, "relpath": …}, …])
    private static string DirectoryHash(string name, params (string Path, string Mark)[] files) =>
        Md5($"[{string.Join(", ", files.Select(file => $"{{\"{name}\": \"{file.Mark}\", \"relpath\": \"{file.Path.Replace("ü", "\\u00fc", StringComparison.Ordinal)}\"}}"))}]");

    private void Place(string name, string content)
    {
        string path = Path.Combine(Elsewhere, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // the path has a folder
        File.WriteAllText(path, content);
    }
}
