using System.ComponentModel;
using System.Diagnostics;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;

namespace CmlNet.Dvc.Sources;

/// <summary>Another repository, cloned into a folder of its own that goes away again, or where it lies on this machine. It prompts for nothing and runs nothing of the repository's.</summary>
internal sealed class GitClone : IDisposable
{
    private readonly string? _folder;

    private GitClone(string root, string commit, string? folder) => (Root, Commit, _folder) = (root, commit, folder);

    public string Root { get; }

    /// <summary>The files of git: of the commit, or those of a work tree as it is, new ones included that are not ignored.</summary>
    public IEnumerable<string> Files => GitRepository.Find(Root) is not { } repository ? []
        : _folder is not null ? repository.Files(Commit)
        : (repository.Output("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--full-name") ?? "").Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(Root, file)));

    /// <summary>Full hash of what is checked out; "" in a repository without commits.</summary>
    public string Commit { get; }

    /// <exception cref="DvcException">It cannot be cloned, or has no such revision.</exception>
    public static async Task<GitClone> MakeAsync(string url, string? revision, CancellationToken cancellationToken)
    {
        Check(url, revision);
        string folder = Directory.CreateTempSubdirectory("cml-source-").FullName;
        try
        {
            await GitAsync(folder, ["clone", "--quiet", "--no-checkout", "--", url, "clone"], $"'{url}' cannot be cloned", cancellationToken);
            string root = Path.Combine(folder, "clone");
            GitRepository repository = GitRepository.Find(root) ?? throw new DvcException($"'{url}' is no git repository");
            string? found = repository.Commit(revision ?? "HEAD") ?? repository.Commit("origin/" + revision);
            if (found is null && revision is not null)
            {
                // Perhaps an experiment of theirs, which is not cloned by itself.
                await GitAsync(root, ["fetch", "--quiet", "origin", "refs/exps/*:refs/exps/*"], $"the experiments of '{url}' cannot be had", cancellationToken);
                found = repository.Commit(revision);
            }

            string commit = found ?? throw new DvcException($"unknown Git revision '{revision ?? "HEAD"}' in '{url}'");
            await GitAsync(root, ["checkout", "--quiet", "--detach", commit], $"'{commit}' of '{url}' cannot be checked out", cancellationToken);
            return new GitClone(root, commit, folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Full hash of what a revision of a repository elsewhere is now; null when it names no branch or tag there.</summary>
    /// <param name="url">The repository.</param>
    /// <param name="revision">Branch or tag; null for the default branch.</param>
    /// <param name="directory">What a relative <paramref name="url"/> counts from.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="DvcException">It cannot be asked.</exception>
    public static async Task<string?> CommitAtAsync(string url, string? revision, string directory, CancellationToken cancellationToken)
    {
        Check(url, revision);
        string name = revision ?? "HEAD";
        string answer = await GitAsync(directory, ["ls-remote", "--", url], $"'{url}' cannot be asked", cancellationToken);
        var references = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Where(parts => parts.Length == 2).ToLookup(parts => parts[1], parts => parts[0], StringComparer.Ordinal);
        // Of an annotated tag, ^{} is the commit.
        return ((string[])[$"refs/heads/{name}", $"refs/tags/{name}^{{}}", $"refs/tags/{name}", name]).SelectMany(reference => references[reference]).FirstOrDefault();
    }

    /// <summary>A repository on this machine as it is now. It stays, and is only read.</summary>
    public static GitClone InPlace(GitRepository repository) => new(repository.Root, repository.Commit("HEAD") ?? "", folder: null);

    public void Dispose()
    {
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private static void Check(string url, string? revision)
    {
        if (url.StartsWith('-') || url.Contains("::", StringComparison.Ordinal))
            throw new DvcException($"'{url}' is no address of a repository");
        if (revision?.StartsWith('-') == true)
            throw new DvcException($"'{revision}' is no revision");
    }

    // What is fatal, and before it what ssh said of the connection; the advice that follows is the same for everything.
    private static string Reason(string said)
    {
        string[] lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        int fatal = Array.FindIndex(lines, line => line.StartsWith("fatal:", StringComparison.Ordinal));
        return fatal < 0 ? lines.LastOrDefault("git said nothing") : string.Join("; ", lines[Math.Max(0, fatal - 1)..(fatal + 1)]);
    }

    private static async Task<string> GitAsync(string directory, string[] arguments, string failure, CancellationToken cancellationToken)
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
            string answer = await output;
            string said = (await error).Trim();
            if (process.ExitCode != 0)
                throw new DvcException($"{failure}: {Reason(said)}");
            return answer;
        }
        catch (Win32Exception e)
        {
            throw new DvcException("git cannot be started; install it", innerException: e);
        }
    }
}
