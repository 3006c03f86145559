namespace CmlNet.Cli.Tests.Commands.Dvc;

public sealed class DataCommandTests : IDisposable
{
    private readonly DvcFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Init_InAGitRepository_MakesDvcsFiles()
    {
        using var folder = new DvcFolder(isInitialized: false);
        Assert.Equal(255, await folder.RunAsync("init"));
        Assert.Contains("not tracked by any supported SCM", folder.Error, StringComparison.Ordinal);
        folder.Git("init", "-q");
        await folder.OkAsync("init");
        Assert.Equal("", folder.Read(".dvc/config"));
        Assert.Equal("/config.local\n/tmp\n/cache\n", folder.Read(".dvc/.gitignore"));
        Assert.Equal(".dvc/.gitignore\n.dvc/config\n.dvcignore\n", folder.Git("ls-files"));
        Assert.Equal(255, await folder.RunAsync("init"));
    }

    [Fact]
    public async Task Add_File_WritesDvcsFilesAndObject()
    {
        _folder.Write("data/foo.txt", "foo");
        string text = await _folder.OkAsync("add", "data/foo.txt");
        Assert.Equal("outs:\n- md5: acbd18db4cc2f85cedef654fccc4a4d8\n  size: 3\n  hash: md5\n  path: foo.txt\n", _folder.Read("data/foo.txt.dvc"));
        Assert.Equal("/foo.txt\n", _folder.Read("data/.gitignore"));
        Assert.Equal("foo", _folder.Read(".dvc/cache/files/md5/ac/bd18db4cc2f85cedef654fccc4a4d8"));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(_folder.PathOf(".dvc/cache/files/md5/ac/bd18db4cc2f85cedef654fccc4a4d8")) == (UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead));
        Assert.Contains("git add data/.gitignore data/foo.txt.dvc", text, StringComparison.Ordinal);
        Assert.Equal("Data and pipelines are up to date.\n", await _folder.OkAsync("status"));
    }

    [Fact]
    public async Task Add_Folder_WritesTheListAsDvcDoes()
    {
        _folder.Write("data/sub/á", "x");
        _folder.Write("data/b", "y");
        Directory.CreateDirectory(_folder.PathOf("data/empty"));
        await _folder.OkAsync("add", "data");
        string record = _folder.Read("data.dvc");
        string id = record.Split('\n')[1]["- md5: ".Length..];
        Assert.Equal($"outs:\n- md5: {id}\n  size: 2\n  nfiles: 2\n  hash: md5\n  path: data\n", record);
        Assert.Equal("[{\"md5\": \"415290769594460e2e485922904f345d\", \"relpath\": \"b\"}, {\"md5\": \"9dd4e461268c8034f5c8564e155c67a6\", \"relpath\": \"sub/\\u00e1\"}]", _folder.Read($".dvc/cache/files/md5/{id[..2]}/{id[2..]}"));
    }

    [Fact]
    public async Task Status_ChangedData_NamesWhatChanged()
    {
        _folder.Write("a", "1");
        _folder.Write("b", "2");
        await _folder.OkAsync("add", "a", "b");
        _folder.Write("a", "changed");
        File.Delete(_folder.PathOf("b"));
        Assert.Equal("a.dvc:\n\tchanged outs:\n\t\tmodified:           a\nb.dvc:\n\tchanged outs:\n\t\tdeleted:            b\n", await _folder.OkAsync("status"));
        Assert.Equal("{\"a.dvc\": [{\"changed outs\": {\"a\": \"modified\"}}], \"b.dvc\": [{\"changed outs\": {\"b\": \"deleted\"}}]}\n", await _folder.OkAsync("status", "--json"));
        Assert.Equal(1, await _folder.RunAsync("status", "-q"));
        Directory.Delete(_folder.PathOf(".dvc/cache"), recursive: true);
        Assert.Equal("a.dvc:\n\tchanged outs:\n\t\tnot in cache:       a\n", await _folder.OkAsync("status", "a"));
    }

    [Fact]
    public async Task Checkout_DeletedAndChanged_RestoresOnlyWhatIsSaved()
    {
        _folder.Write("data/1", "one");
        _folder.Write("data/2", "two");
        await _folder.OkAsync("add", "data");
        File.Delete(_folder.PathOf("data/1"));
        Assert.Equal("M\tdata/\n1 file modified\n", await _folder.OkAsync("checkout"));
        Assert.Equal("one", _folder.Read("data/1"));
        _folder.Write("data/2", "not saved");
        Assert.Equal(255, await _folder.RunAsync("checkout"));
        Assert.Contains("data/2", _folder.Error, StringComparison.Ordinal);
        Assert.Equal("not saved", _folder.Read("data/2"));
        await _folder.OkAsync("checkout", "-f");
        Assert.Equal("two", _folder.Read("data/2"));
    }

    [Fact]
    public async Task Checkout_OlderCommit_BringsBackItsDataAndTakesAwayTheRest()
    {
        _folder.Write("a", "1");
        await _folder.OkAsync("add", "a");
        _folder.Commit("one");
        _folder.Write("a", "2");
        _folder.Write("b", "b");
        await _folder.OkAsync("add", "a", "b");
        _folder.Commit("two");
        _folder.Git("checkout", "-q", "HEAD~1");
        Assert.Equal("D\tb\nM\ta\n1 file deleted and 1 file modified\n", await _folder.OkAsync("checkout"));
        Assert.Equal("1", _folder.Read("a"));
        Assert.False(_folder.Exists("b"));
        _folder.Git("checkout", "-q", "main");
        await _folder.OkAsync("checkout");
        Assert.Equal(("2", "b"), (_folder.Read("a"), _folder.Read("b")));
    }

    [Theory]
    [InlineData("hardlink")]
    [InlineData("symlink")]
    public async Task Add_WithLinks_SharesAndProtectsTheFile(string type)
    {
        await _folder.OkAsync("config", "cache.type", type);
        _folder.Write("a", "content");
        await _folder.OkAsync("add", "a");
        Assert.Equal(type == "symlink", new FileInfo(_folder.PathOf("a")).LinkTarget is not null);
        Assert.Equal("Data and pipelines are up to date.\n", await _folder.OkAsync("status"));
        await _folder.OkAsync("unprotect", "a");
        Assert.Null(new FileInfo(_folder.PathOf("a")).LinkTarget);
        _folder.Write("a", "other");
        Assert.Contains("modified", await _folder.OkAsync("status"), StringComparison.Ordinal);
        await _folder.OkAsync("checkout", "-f");
        Assert.Equal("content", _folder.Read("a"));
    }

    [Fact]
    public async Task Diff_TwoCommits_ListsEveryKindOfChange()
    {
        _folder.Write("data/same", "s");
        _folder.Write("data/gone", "g");
        _folder.Write("data/moved", "m");
        await _folder.OkAsync("add", "data");
        _folder.Commit("one");
        File.Delete(_folder.PathOf("data/gone"));
        File.Move(_folder.PathOf("data/moved"), _folder.PathOf("data/there"));
        _folder.Write("data/new", "n");
        Assert.Equal("Added:\n    data/new\n\nDeleted:\n    data/gone\n\nRenamed:\n    data/moved -> data/there\n\nModified:\n    data/\n\nfiles summary: 1 added, 1 deleted, 1 renamed, 0 modified\n", await _folder.OkAsync("diff"));
        Assert.Equal("{\"added\": [{\"path\": \"data/new\"}], \"deleted\": [{\"path\": \"data/gone\"}], \"renamed\": [{\"path\": {\"old\": \"data/moved\", \"new\": \"data/there\"}}], \"modified\": [{\"path\": \"data/\"}], \"not in cache\": []}\n", await _folder.OkAsync("diff", "--json"));
        Assert.Equal("", await _folder.OkAsync("diff", "HEAD", "HEAD"));
        Assert.StartsWith("| Status   | Path", await _folder.OkAsync("diff", "--md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_TrackedFile_TakesEverythingAlong()
    {
        _folder.Write("a", "1");
        await _folder.OkAsync("add", "a");
        await _folder.OkAsync("move", "a", "sub/b");
        Assert.Equal((false, false, true), (_folder.Exists("a"), _folder.Exists("a.dvc"), _folder.Exists("sub/b.dvc")));
        Assert.Equal("1", _folder.Read("sub/b"));
        Assert.Equal("/b\n", _folder.Read("sub/.gitignore"));
        Assert.False(_folder.Exists(".gitignore"));
        Assert.Equal("Data and pipelines are up to date.\n", await _folder.OkAsync("status"));
    }

    [Fact]
    public async Task Remove_TrackedFile_KeepsTheDataUnlessAsked()
    {
        _folder.Write("a", "1");
        await _folder.OkAsync("add", "a");
        await _folder.OkAsync("remove", "a.dvc");
        Assert.Equal((true, false, false), (_folder.Exists("a"), _folder.Exists("a.dvc"), _folder.Exists(".gitignore")));
        await _folder.OkAsync("add", "a");
        await _folder.OkAsync("remove", "a.dvc", "--outs");
        Assert.False(_folder.Exists("a"));
    }

    [Fact]
    public async Task Commit_LegacyRecord_StaysLegacyUntilItChanges()
    {
        _folder.Write("a", "x\r\ny\r\n");
        _folder.Write("a.dvc", "# mine\nouts:\n- md5: 0aa59afb8b1f4f5d5ba4e8e3d2a0a5e1\n  path: a # keep\n");
        await _folder.OkAsync("commit", "a.dvc");
        Assert.Contains("hash: md5", _folder.Read("a.dvc"), StringComparison.Ordinal);
        Assert.StartsWith("# mine\nouts:\n", _folder.Read("a.dvc"), StringComparison.Ordinal);
        Assert.EndsWith("path: a # keep\n", _folder.Read("a.dvc"), StringComparison.Ordinal);
        // md5 of "x\ny\n"
        const string expected = "1b5bb282b8f8792875e3c4203cfa9c57";
        _folder.Write("a.dvc", $"outs:\n- md5: {expected}\n  path: a\n");
        await _folder.OkAsync("commit", "a.dvc");
        Assert.DoesNotContain("hash", _folder.Read("a.dvc"), StringComparison.Ordinal);
        Assert.True(_folder.Exists($".dvc/cache/{expected[..2]}/{expected[2..]}"));
        Assert.Equal("Data and pipelines are up to date.\n", await _folder.OkAsync("status"));
    }

    [Fact]
    public async Task Add_GitTracked_SaysHowToStopThat()
    {
        _folder.Write("a", "1");
        _folder.Commit("one");
        Assert.Equal(255, await _folder.RunAsync("add", "a"));
        Assert.Contains("git rm -r --cached 'a'", _folder.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("back\\slash")]
    [InlineData("two\nlines")]
    [InlineData("#hash *[a]? ")]
    [InlineData("$(name) 'q' \"d\" 日本 😀")]
    public async Task Add_NameOfAnyKind_IsTrackedAndKeptOutOfGit(string name)
    {
        _folder.Write(name, "x");
        await _folder.OkAsync("add", name);
        Assert.Equal("", _folder.Git("status", "--porcelain", "--", ":(literal)" + name));
        File.Delete(_folder.PathOf(name));
        await _folder.OkAsync("checkout", name + ".dvc");
        Assert.Equal("x", _folder.Read(name));
        await _folder.OkAsync("remove", "--outs", name + ".dvc");
        Assert.False(_folder.Exists(name) || _folder.Exists(name + ".dvc"));
    }

    [Fact]
    public async Task CheckIgnore_Patterns_AnswerAsGitDoes()
    {
        _folder.Write(".dvcignore", "# c\n*.tmp\n!keep.tmp\n/top\nfolder/\n");
        Assert.Equal("a.tmp\n", await _folder.OkAsync("check-ignore", "a.tmp", "keep.tmp", "x/top"));
        Assert.Equal(".dvcignore:2:*.tmp\ta.tmp\n", await _folder.OkAsync("check-ignore", "-d", "a.tmp"));
        Assert.Equal(1, await _folder.RunAsync("check-ignore", "keep.tmp"));
    }

    [Fact]
    public async Task Config_SetReadUnset_KeepsTheFile()
    {
        _folder.Write(".dvc/config", "# mine\n[core]\n    autostage = true\n");
        await _folder.OkAsync("remote", "add", "-d", "Store", "../store");
        Assert.Equal("# mine\n[core]\n    autostage = true\n    remote = store\n['remote \"store\"']\n    url = ../../store\n", _folder.Read(".dvc/config"));
        Assert.Equal($"store\t{_folder.Beside("store")}\t(default)\n", await _folder.OkAsync("remote", "list"));
        await _folder.OkAsync("remote", "modify", "--local", "store", "jobs", "4");
        Assert.Equal("['remote \"store\"']\n    jobs = 4\n", _folder.Read(".dvc/config.local"));
        Assert.Equal("true\n", await _folder.OkAsync("config", "core.autostage"));
        Assert.Equal(251, await _folder.RunAsync("config", "core.nothing"));
        await _folder.OkAsync("remote", "remove", "store");
        Assert.Equal("# mine\n[core]\n    autostage = true\n", _folder.Read(".dvc/config"));
        using var other = new DvcFolder(isInitialized: false);
        Assert.Equal(253, await other.RunAsync("status"));
    }
}
