using System.Diagnostics;

namespace CmlNet.Workflows.Tests.Execution.Events;

/// <summary>A real git repository whose commits have the same ids on every machine.</summary>
internal sealed class TemporaryRepository : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("cml-git-").FullName;
    private int _clock;

    public TemporaryRepository(string name = "hello")
    {
        Root = Directory.CreateDirectory(Path.Combine(_parent, name)).FullName;
        Git("init", "--quiet", "--initial-branch=main");
        Git("config", "user.name", "Ada Lovelace");
        Git("config", "user.email", "ada@example.com");
    }

    public string Root { get; }

    public void Commit(string message, params (string Path, string? Text)[] files)
    {
        foreach ((string path, string? text) in files)
        {
            string full = Path.Combine(Root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full) ?? Root);
            if (text is null)
                File.Delete(full);
            else
                File.WriteAllText(full, text);
        }

        Git("add", "--all");
        Git("commit", "--quiet", "--message", message);
    }

    public string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Root, RedirectStandardOutput = true, UseShellExecute = false };
        string date = $"2026-01-02T03:04:{_clock++ % 60:00}+01:00";
        start.Environment["GIT_AUTHOR_DATE"] = date;
        start.Environment["GIT_COMMITTER_DATE"] = date;
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("git did not start");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.TrimEnd('\n') : throw new InvalidOperationException($"git {string.Join(' ', arguments)} failed");
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
