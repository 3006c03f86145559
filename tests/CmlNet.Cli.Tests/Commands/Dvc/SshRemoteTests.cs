namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>The other side takes nothing for a request that is none. The system's ssh is replaced by one that runs the command here.</summary>
public sealed class SshRemoteTests : IDisposable
{
    private readonly DvcFolder _folder = new();

    public SshRemoteTests()
    {
        _folder.Write("ssh", "#!/bin/sh\nfor last; do :; done\nexec sh -c \"$last\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder.PathOf("ssh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _folder.Environment["DVC_SSH_COMMAND"] = _folder.PathOf("ssh");
        Directory.CreateDirectory(Store);
    }

    private string Store => _folder.Beside("store");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Push_ThatCannotBeWritten_IsNotTakenForRequests()
    {
        File.WriteAllText(Path.Combine(Store, "files"), "in the way");
        _folder.Write("file", "W 5 planted\nhello" + new string('x', 1 << 20));
        await _folder.OkAsync("add", "file");
        await _folder.OkAsync("remote", "add", "-d", "store", $"ssh://me@example.org{Store}");
        Assert.Equal(255, await _folder.RunAsync("push"));
        Assert.Contains("could not be written", _folder.Error, StringComparison.Ordinal);
        Assert.Equal(["files"], Directory.GetFileSystemEntries(Store).Select(Path.GetFileName));
    }

    [Fact]
    public async Task ImportUrl_NamesWithMoreThanLetters_AreNamesOrRefused()
    {
        File.WriteAllText(Path.Combine(Store, "two words $(touch planted)"), "content");
        await _folder.OkAsync("import-url", $"ssh://me@example.org{Store}/two words $(touch planted)", "got");
        Assert.Equal("content", _folder.Read("got"));
        Assert.Equal(255, await _folder.RunAsync("import-url", $"ssh://me@example.org{Store}/x\nW 0 planted", "evil"));
        Assert.Contains("control characters", _folder.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(Store));
    }

    /// <summary>Git ends with advice that is the same for everything; what was wrong stands above it.</summary>
    [Fact]
    public async Task Import_RepositoryThatSshDoesNotReach_SaysWhatSshSaid()
    {
        _folder.Write("ssh", "#!/bin/sh\necho 'ssh: the machine is asleep' >&2\nexit 255\n");
        string home = Directory.CreateDirectory(_folder.Beside("home")).FullName;
        File.WriteAllText(Path.Combine(home, ".gitconfig"), $"[core]\n    sshCommand = {_folder.PathOf("ssh")}\n");
        using DvcProcess process = DvcProcess.Start(_folder, "import", "git@example.org:x/y.git", "data");
        Assert.Equal(255, await process.EndAsync());
        Assert.Contains("cannot be cloned: ssh: the machine is asleep; fatal: Could not read from remote repository.", process.Output, StringComparison.Ordinal);
    }

    /// <summary>One import that is gone does not keep back the rest.</summary>
    [Fact]
    public async Task Pull_ImportThatCannotBeReached_GetsTheRestAndSaysWhy()
    {
        using (var other = new DvcFolder())
        {
            other.Write("theirs", "theirs");
            await other.OkAsync("add", "theirs");
            other.Commit("theirs");
            await _folder.OkAsync("import", other.Root, "theirs");
        }

        _folder.Write("mine", "mine");
        await _folder.OkAsync("add", "mine");
        await _folder.OkAsync("remote", "add", "-d", "store", Store);
        await _folder.OkAsync("push");
        Directory.Delete(_folder.PathOf(".dvc/cache"), recursive: true);
        File.Delete(_folder.PathOf("mine"));
        File.Delete(_folder.PathOf("theirs"));
        Assert.Equal(255, await _folder.RunAsync("pull"));
        Assert.Equal("mine", _folder.Read("mine"));
        Assert.Contains("theirs.dvc: ", _folder.Error, StringComparison.Ordinal);
    }
}
