using System.Diagnostics;

namespace CmlNet.Reports.Tests;

/// <summary>A temporary git repository.</summary>
internal sealed class GitFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public GitFolder() => Git("init", "-q", "-b", "main");

    public string Path => _folder.Path;

    public string Write(string name, string content) => _folder.Write(name, content);

    /// <summary>Commits everything, at a fixed time; the hash.</summary>
    public string Commit(string message)
    {
        Git("add", "-A");
        Git("commit", "-q", "--allow-empty", "-m", message);
        return Git("rev-parse", "HEAD");
    }

    public string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", .. arguments]) { WorkingDirectory = Path, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["GIT_AUTHOR_DATE"] = start.Environment["GIT_COMMITTER_DATE"] = "2024-01-01T00:00:00Z";
        using Process process = Process.Start(start)!; // only null when a process is reused
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.Trim();
    }

    public void Dispose() => _folder.Dispose();
}
