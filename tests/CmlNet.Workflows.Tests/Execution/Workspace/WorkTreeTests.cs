using System.Diagnostics;
using CmlNet.Workflows.Execution.Workspace;
using CmlNet.Workflows.Tests.Execution.Events;

namespace CmlNet.Workflows.Tests.Execution.Workspace;

public sealed class WorkTreeTests : IDisposable
{
    private readonly TemporaryRepository _repository = new();
    private readonly string _other = Directory.CreateTempSubdirectory("cml-worktree-").FullName;

    public void Dispose()
    {
        _repository.Dispose();
        Directory.Delete(_other, recursive: true);
    }

    /// <summary>The <c>.git</c> of a linked work tree is a file that names the user's repository.</summary>
    [Fact]
    public async Task Copy_LinkedWorkTree_IsARepositoryOfItsOwn()
    {
        _repository.Commit("Start", ("a.txt", "a"));
        string linked = Path.Combine(_other, "linked"), copy = Path.Combine(_other, "copy");
        _repository.Git("worktree", "add", "--quiet", "-b", "side", linked);
        await File.WriteAllTextAsync(Path.Combine(linked, "b.txt"), "b");

        await WorkTree.CopyAsync(linked, copy, CancellationToken.None);

        Assert.Equal(("side", "?? b.txt"), (Git(copy, "branch", "--show-current"), Git(copy, "status", "--short")));
        Assert.Equal(Path.Combine(copy, ".git"), Git(copy, "rev-parse", "--absolute-git-dir"));
        Git(copy, "config", "user.name", "job");
        Git(copy, "add", "--all");
        Git(copy, "-c", "user.email=j@x", "commit", "--quiet", "--message", "job");
        Git(copy, "tag", "of-the-job");
        Assert.Equal("Start", _repository.Git("log", "-1", "--format=%s", "side"));
        Assert.Equal(("", "Ada Lovelace"), (_repository.Git("tag"), _repository.Git("config", "user.name")));
    }

    private static string Git(string folder, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.Trim();
    }
}
