using System.Diagnostics;
using System.Text;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Experiments;

/// <summary>Turns a work tree into an experiment's commit, and an experiment's commit into a work tree. The user's index and branch are not touched.</summary>
public sealed class ExperimentTree(DvcProject project)
{
    /// <summary>What <see cref="Keep"/> kept last; its reflog names the earlier ones.</summary>
    public const string KeptReference = "refs/exps/apply/stash";

    /// <summary>Commits what lies in a project's work tree, on a baseline, to no branch.</summary>
    /// <param name="baseline">Full hash of the parent.</param>
    /// <param name="includes">Untracked files to take along besides those of DVC.</param>
    /// <param name="message">Of the commit; null for DVC's own.</param>
    /// <returns>Full hash of the commit.</returns>
    /// <exception cref="DvcException">git refuses.</exception>
    public string Commit(string baseline, IReadOnlyList<string> includes, string? message = null)
    {
        ArgumentNullException.ThrowIfNull(includes);
        GitRepository repository = project.Repository ?? throw new DvcException("experiments need a git repository");
        string index = Path.Combine(project.DvcFolder, "tmp", $"cml-index-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path.GetDirectoryName(index)!); // a file has a folder
        try
        {
            Git(repository.Root, index, "read-tree", baseline);
            Git(repository.Root, index, "add", "-u", "--", ".");
            List<string> files = [.. Files(repository), .. includes];
            if (files.Count > 0)
                Git(repository.Root, index, ["add", "--", .. files]);
            string tree = Git(repository.Root, index, "write-tree");
            return Git(repository.Root, index, "-c", "commit.gpgsign=false", "commit-tree", tree, "-p", baseline, "-m", message ?? $"dvc: commit experiment {HashOfLocks()}");
        }
        finally
        {
            File.Delete(index);
            File.Delete(index + ".lock");
        }
    }

    /// <summary>Keeps what differs from the last commit and <see cref="Apply"/> would overwrite, in a commit under <see cref="KeptReference"/>.</summary>
    /// <param name="commit">What is to be applied.</param>
    /// <returns>The hash of that commit; null when there was nothing to keep.</returns>
    /// <exception cref="DvcException">git refuses: nothing may be overwritten then.</exception>
    public string? Keep(string commit)
    {
        GitRepository repository = project.Repository ?? throw new DvcException("experiments need a git repository");
        string head = repository.Commit("HEAD") ?? throw new DvcException("experiments need a commit to start from; make one with: git commit");
        string index = Path.Combine(project.DvcFolder, "tmp", $"cml-index-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path.GetDirectoryName(index)!); // a file has a folder
        try
        {
            Git(repository.Root, index, "read-tree", head);
            Git(repository.Root, index, "add", "-u", "--", ":/");
            // Files that git does not have yet, some of them ignored.
            var known = Git(repository.Root, null, "ls-tree", "-r", "-z", "--name-only", "--full-tree", head).Split('\0').ToHashSet(StringComparer.Ordinal);
            List<string> others = [.. Git(repository.Root, null, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit).Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(path => !known.Contains(path) && File.Exists(Path.Combine(repository.Root, path)))];
            if (others.Count > 0)
                Git(repository.Root, index, ["--literal-pathspecs", "add", "--force", "--", .. others]);
            string tree = Git(repository.Root, index, "write-tree");
            if (tree == Git(repository.Root, null, "rev-parse", head + "^{tree}"))
                return null;
            string kept = Git(repository.Root, index, "-c", "commit.gpgsign=false", "commit-tree", tree, "-p", head, "-m", "The work tree before an experiment was applied");
            Git(repository.Root, index, "update-ref", "--create-reflog", "-m", "dvc exp apply", KeptReference, kept);
            return kept;
        }
        finally
        {
            File.Delete(index);
            File.Delete(index + ".lock");
        }
    }

    /// <summary>Makes the files of git in a work tree those of a commit, without moving the branch.</summary>
    /// <exception cref="DvcException">git refuses.</exception>
    public void Apply(string commit)
    {
        GitRepository repository = project.Repository ?? throw new DvcException("experiments need a git repository");
        string head = repository.Commit("HEAD") ?? commit;
        IEnumerable<string> gone = Git(repository.Root, null, "diff", "--name-only", "--diff-filter=D", "-z", head, commit).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        foreach (string path in gone)
            File.Delete(Path.Combine(repository.Root, path));
        Git(repository.Root, null, "restore", "--worktree", $"--source={commit}", "--", ":/");
    }

    // What DVC itself wrote belongs to the experiment even when git does not have it yet.
    private static IEnumerable<string> Files(GitRepository repository) =>
        repository.Untracked().Where(path => RelativePath.Name(path) is "dvc.yaml" or "dvc.lock" or ".gitignore" || path.EndsWith(".dvc", StringComparison.Ordinal));

    private string HashOfLocks()
    {
        var stages = ProjectIndex.Read(project).Stages.Where(stage => stage.Name is not null).Select(stage => KeyValuePair.Create(stage.Address, LockEntry.Of(stage).Value));
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(PythonText.Json(DvcValue.Of([.. stages]), sortKeys: true))));
    }

    private static string Git(string root, string? index, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", .. arguments]) { WorkingDirectory = root, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        if (index is not null)
            start.Environment["GIT_INDEX_FILE"] = index;
        // Who has given git no name is not asked for one now.
        if (index is not null && GitRepository.Find(root)?.Output("var", "GIT_AUTHOR_IDENT") is null)
        {
            foreach (string person in (string[])["AUTHOR", "COMMITTER"])
            {
                start.Environment.TryAdd($"GIT_{person}_NAME", "DVC");
                start.Environment.TryAdd($"GIT_{person}_EMAIL", "dvc@localhost");
            }
        }

        using Process process = Process.Start(start)!; // only null when a process is reused
        var error = new StringBuilder();
        process.ErrorDataReceived += (_, line) => error.AppendLine(line.Data);
        process.BeginErrorReadLine();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.TrimEnd('\n') : throw new DvcException($"git {arguments[0]} failed: {error.ToString().Trim()}");
    }
}
