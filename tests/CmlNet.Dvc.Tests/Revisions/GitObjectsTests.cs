using System.Diagnostics;
using CmlNet.Dvc.Revisions;

namespace CmlNet.Dvc.Tests.Revisions;

public sealed class GitObjectsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("cml-objects-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public void Files_AnyTree_AreThoseThatGitLists(string format)
    {
        Git("init", "-q", "-b", "main", $"--object-format={format}");
        foreach (string path in new[] { "a.b", "a/b", "a-c/d", "a0", "deep/er/and/deeper/x", "name with spaces", "ä/日本語/😀", "empty.txt" })
            Write(path, path);
        for (int i = 0; i < 600; i++)
            Write($"many/{i % 300}/{i}", "");
        if (!OperatingSystem.IsWindows())
            File.CreateSymbolicLink(Path.Combine(_root, "link"), "a/b");
        Git("add", "-A");
        Git("update-index", "--add", "--cacheinfo", $"160000,{new string('1', format == "sha1" ? 40 : 64)},module");
        string commit = Commit();

        using GitObjects objects = GitObjects.Open(_root)!; // git is there
        IReadOnlyList<string> files = objects.Files(commit);
        Assert.Equal(Git("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit).Split('\0', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), files);
        Assert.Equal("a/b"u8.ToArray(), objects.Read(commit, "a/b"));
        Assert.Empty(objects.Files(new string('2', commit.Length)));
    }

    /// <summary>An answer that is of no use does not leave the next ones behind.</summary>
    [Fact]
    public void Files_FolderIsLost_AreNoneAndTheNextAnswersAreRight()
    {
        Git("init", "-q", "-b", "main");
        for (int i = 0; i < 50; i++)
            Write($"f{i}/file", $"{i}");
        Git("add", "-A");
        string commit = Commit(), lost = Git("rev-parse", "HEAD:f49").Trim();
        File.Delete(Path.Combine(_root, ".git", "objects", lost[..2], lost[2..]));

        using GitObjects objects = GitObjects.Open(_root)!; // git is there
        Assert.Empty(objects.Files(commit));
        Assert.Equal("7"u8.ToArray(), objects.Read(commit, "f7/file"));
        Assert.Equal(commit, objects.Commit("HEAD"));
    }

    [Fact]
    public void WorkTree_BelowTheRoot_IsTheRoot()
    {
        Git("init", "-q", "-b", "main");
        Write("sub/folder/file", "");
        Git("add", "-A");
        Commit();
        Assert.Equal(Git("rev-parse", "--show-toplevel").TrimEnd(), WorkTree("sub/folder"));
    }

    [Fact]
    public void WorkTree_NotPlain_IsLeftToGit()
    {
        Git("init", "-q", "-b", "main");
        Assert.Null(WorkTree("")); // no commit: nothing tells that git takes this for a repository
        Write("file", "");
        Git("add", "-A");
        Commit();
        Git("worktree", "add", "-q", "beside");
        Assert.Null(WorkTree("beside"));
        Git("init", "-q", "--bare", "bare.git");
        Assert.Null(WorkTree("bare.git/refs"));
        Assert.Null(WorkTree(".git/refs"));
        Git("config", "core.worktree", Path.Combine(_root, "elsewhere"));
        Assert.Null(WorkTree(""));
    }

    [Fact]
    public void WorkTree_NoRepository_IsNone()
    {
        Assert.Null(WorkTree(""));
        Directory.CreateDirectory(Path.Combine(_root, ".git"));
        Assert.Null(WorkTree(""));
    }

    private string? WorkTree(string folder)
    {
        string directory = Path.Combine(_root, folder).TrimEnd('/');
        using GitObjects objects = GitObjects.Open(directory)!; // git is there
        return objects.WorkTree(directory)?.Root;
    }

    private void Write(string path, string content)
    {
        string full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!); // below the root
        File.WriteAllText(full, content);
    }

    private string Commit()
    {
        Git("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", "commit", "-q", "-m", "m");
        return Git("rev-parse", "HEAD").Trim();
    }

    private string Git(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _root, RedirectStandardOutput = true, UseShellExecute = false })!; // only null when a process is reused
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
