using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace CmlNet.Publishing.Detection;

/// <summary>The git work tree around a directory.</summary>
internal sealed record WorkTree(string Directory)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static WorkTree? Around(string directory)
    {
        for (var at = new DirectoryInfo(directory); at is not null; at = at.Parent)
        {
            string git = Path.Combine(at.FullName, ".git");
            if (System.IO.Directory.Exists(git) || File.Exists(git))
                return new WorkTree(at.FullName);
        }

        return null;
    }

    public string? Head() => Run("rev-parse", "--verify", "HEAD");

    public string? OriginUrl() => Run("config", "--get", "remote.origin.url");

    /// <summary>First line of git's answer; null when git is missing, fails or says nothing.</summary>
    private string? Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = Directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A named git directory is not subject to the ownership check that fails in containers, where the work tree
            // belongs to another user; both commands only read. CML edits the user's global configuration for this.
            Environment = { ["GIT_DIR"] = Path.Combine(Directory, ".git"), ["GIT_TERMINAL_PROMPT"] = "0" },
        };
        try
        {
            using Process process = Process.Start(start) ?? throw new Win32Exception();
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            string? line = process.StandardOutput.ReadLine();
            if (!process.WaitForExit(Patience))
                process.Kill();
            return process.HasExited && process.ExitCode == 0 && !string.IsNullOrWhiteSpace(line) ? line.Trim() : null;
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            return null;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"work tree {Directory}");
}
