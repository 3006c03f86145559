using System.ComponentModel;
using System.Diagnostics;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;

namespace CmlNet.Dvc.Sources;

/// <summary>Another repository, cloned into a folder of its own that goes away again. It prompts for nothing and runs nothing of the repository's.</summary>
internal sealed class GitClone : IDisposable
{
    private readonly string _folder;

    private GitClone(string folder, string commit) => (_folder, Commit) = (folder, commit);

    public string Root => Path.Combine(_folder, "clone");

    /// <summary>Full hash of what is checked out.</summary>
    public string Commit { get; }

    /// <exception cref="DvcException">It cannot be cloned, or has no such revision.</exception>
    public static async Task<GitClone> MakeAsync(string url, string? revision, CancellationToken cancellationToken)
    {
        if (url.StartsWith('-') || url.Contains("::", StringComparison.Ordinal))
            throw new DvcException($"'{url}' is no address of a repository");
        if (revision?.StartsWith('-') == true)
            throw new DvcException($"'{revision}' is no revision");
        string folder = Directory.CreateTempSubdirectory("cml-source-").FullName;
        try
        {
            await GitAsync(folder, ["clone", "--quiet", "--no-checkout", "--", url, "clone"], $"'{url}' cannot be cloned", cancellationToken);
            string root = Path.Combine(folder, "clone");
            GitRepository repository = GitRepository.Find(root) ?? throw new DvcException($"'{url}' is no git repository");
            string commit = (revision is null ? repository.Commit("HEAD") : repository.Commit(revision) ?? repository.Commit("origin/" + revision)) ?? throw new DvcException($"unknown Git revision '{revision ?? "HEAD"}' in '{url}'");
            await GitAsync(root, ["checkout", "--quiet", "--detach", commit], $"'{commit}' of '{url}' cannot be checked out", cancellationToken);
            return new GitClone(folder, commit);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task GitAsync(string directory, string[] arguments, string failure, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("git", ["-c", "protocol.ext.allow=never", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", .. arguments])
        {
            WorkingDirectory = directory, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_LFS_SKIP_SMUDGE"] = "1";
        try
        {
            using Process process = Process.Start(start)!; // only null when a process is reused
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken), error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            await output;
            string said = (await error).Trim();
            if (process.ExitCode != 0)
                throw new DvcException($"{failure}: {said.Split('\n')[^1]}");
        }
        catch (Win32Exception e)
        {
            throw new DvcException("git cannot be started; install it", innerException: e);
        }
    }
}
