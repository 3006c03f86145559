using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Revisions;

/// <summary>A git work tree, asked through the <c>git</c> program: no shell, no prompt, no hook or monitor of the repository, no network.</summary>
public sealed class GitRepository
{
    private static readonly string[] Guards = ["--no-pager", "--no-replace-objects", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false", "-c", "log.showSignature=false"];

    // No question to a terminal, no lock that is not needed, no network, and words that do not depend on where one lives.
    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal) { ["GIT_TERMINAL_PROMPT"] = "0", ["GIT_OPTIONAL_LOCKS"] = "0", ["GIT_NO_LAZY_FETCH"] = "1", ["LC_ALL"] = "C" };

    private GitRepository(string root) => Root = root;

    /// <summary>Absolute path of the work tree's root.</summary>
    public string Root { get; }

    /// <summary>The one whose root is known.</summary>
    internal static GitRepository At(string root) => new(root);

    /// <summary>The repository around a folder; null when there is none, or no git.</summary>
    public static GitRepository? Find(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        // It prints nothing where it fails: how it ends need not be waited for.
        using Process? search = Start(directory, ["rev-parse", "--show-toplevel"]);
        return search is not null && Output(search) is { Length: > 0 } root ? new GitRepository(root) : null;
    }

    /// <summary>Whether a folder or one above has a <c>.git</c>, or the environment names one: without that git need not be started.</summary>
    internal static bool IsNear(string directory)
    {
        if (Environment.GetEnvironmentVariable("GIT_DIR") is { Length: > 0 })
            return true;

        return FolderAround(directory) is not null;
    }

    /// <summary>The nearest folder, from one upwards, that has git's own in it; null when none has. Git is not asked.</summary>
    public static string? FolderAround(string directory)
    {
        for (string? folder = directory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Exists(Path.Combine(folder, ".git")))
                return folder;
        }

        return null;
    }

    /// <summary>Full hash of the commit a revision names; null when it names none. The name of an experiment is one, too.</summary>
    public string? Commit(string revision) => Ask("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}") ?? ExperimentCommit(revision);

    /// <summary>Why a revision may be unknown here that exists elsewhere; null when nothing tells.</summary>
    public string? Lack() =>
        Commit("HEAD") is null ? "the repository has no commit yet"
        : Ask("rev-parse", "--is-shallow-repository") == "true" ? "this clone has not the whole history; fetch it (fetch-depth: 0)"
        : null;

    /// <summary>Best common ancestor of two commits given by hash; null when there is none in this (perhaps shallow) clone.</summary>
    public string? MergeBase(string one, string other) => Ask("merge-base", one, other)?.Split('\n')[0];

    /// <summary>When a commit given by hash was made.</summary>
    public DateTimeOffset? CommittedAt(string sha) =>
        long.TryParse(Ask("show", "-s", "--format=%ct", sha), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>Commits reachable from <paramref name="to"/> and not from <paramref name="from"/>, both hashes.</summary>
    public int? Distance(string from, string to) =>
        int.TryParse(Ask("rev-list", "--count", $"{from}..{to}"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : null;

    /// <summary>Full name of the branch that HEAD of the remote points to, such as <c>refs/remotes/origin/main</c>; null when not known.</summary>
    public string? DefaultBranch() => Ask("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD");

    /// <summary>Local branch names (<c>heads</c>) or tags, in name order.</summary>
    /// <param name="kind"><c>heads</c> or <c>tags</c>.</param>
    public IReadOnlyList<string> Names(string kind) =>
        Ask("for-each-ref", "--format=%(refname:lstrip=2)", "refs/" + kind)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Every commit that a branch, tag or other ref reaches, newest first, by full hash.</summary>
    public IReadOnlyList<string> AllCommits() => Ask("rev-list", "--all")?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Paths under the root at a commit given by hash, with forward slashes.</summary>
    public IReadOnlyList<string> Files(string sha) => Ask("ls-tree", "-r", "-z", "--name-only", "--full-tree", sha)?.Split('\0', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The current branch; null when HEAD is detached.</summary>
    public string? Branch() => Ask("symbolic-ref", "--quiet", "--short", "HEAD");

    /// <summary>Puts files into the index.</summary>
    /// <param name="paths">Absolute, or relative to the root.</param>
    public bool Add(IReadOnlyList<string> paths) => Ask(["add", "--", .. paths]) is not null;

    /// <summary>Whether git has a path, or something below it, in its index.</summary>
    public bool IsTracked(string path) => Ask("ls-files", "--", ":(literal)" + path) is { Length: > 0 };

    /// <summary>Whether a file is not in the index as it is now.</summary>
    /// <param name="path">Absolute, or relative to the root.</param>
    public bool IsChanged(string path) => Ask("status", "--porcelain", "--untracked-files=all", "--", ":(literal)" + path) is { Length: > 1 } text && text[1] != ' ';

    /// <summary>Whether anything differs from the last commit; null when git cannot tell.</summary>
    /// <param name="untracked">Files that git does not have count, too.</param>
    public bool? IsDirty(bool untracked = false) => Ask("status", "--porcelain", untracked ? "--untracked-files=normal" : "--untracked-files=no") is { } changes ? changes.Length > 0 : null;

    /// <summary>Full hashes of the commits that references below the prefixes point to.</summary>
    /// <exception cref="DvcException">git cannot tell: what depends on it is better not done.</exception>
    public IReadOnlyList<string> Tips(params IReadOnlyList<string> prefixes)
    {
        string names = Ask(["for-each-ref", "--format=%(refname)", .. prefixes]) ?? throw Untold("for-each-ref");
        var tips = new List<string>();
        foreach (string name in names.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // A tag may also name a file or a folder.
            if (Commit(name) is { } commit)
                tips.Add(commit);
            else if (Ask("cat-file", "-t", name + "^{}") is not ("blob" or "tree"))
                throw Untold($"rev-parse {name}");
        }

        return tips;
    }

    /// <summary>Full hashes of the commits that <c>git rev-list</c> gives for its arguments, newest first.</summary>
    /// <exception cref="DvcException">git cannot tell: what depends on it is better not done.</exception>
    public IReadOnlyList<string> Commits(params IReadOnlyList<string> arguments) => (Ask(["rev-list", .. arguments]) ?? throw Untold("rev-list")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Files git neither has nor ignores, relative to the root.</summary>
    public IReadOnlyList<string> Untracked() => Ask("ls-files", "-z", "--others", "--exclude-standard", "--full-name")?.Split('\0', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Makes a branch; false when git refuses.</summary>
    public bool MakeBranch(string name, string commit) => Ask("branch", "--", name, commit) is not null;

    /// <summary>What a git command prints; null when it fails.</summary>
    internal string? Output(params IReadOnlyList<string> arguments) => Ask(arguments);

    /// <summary>Null when git cannot be started in this way.</summary>
    internal static SpawnedProcess? Spawn(string directory, IReadOnlyList<string> arguments) =>
        SpawnedProcess.IsSupported ? SpawnedProcess.Start("git", ["-C", directory, .. Guards, .. arguments], Variables) : null;

    internal static Process? Start(string directory, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("git", [.. Guards, .. arguments])
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in Variables)
            start.Environment[name] = value;
        try
        {
            var process = Process.Start(start);
            if (process is not null)
                ProcessPipe.Discard(process.StandardError.BaseStream); // what git complains about shows in its exit status
            return process;
        }
        catch (Win32Exception)
        {
            return null; // no git on this machine: whoever asks has a fallback
        }
    }

    private DvcException Untold(string command) => new($"git {command} failed in {Root}; nothing was done, and nothing deleted. See what is wrong with: git fsck");

    // Of several of one name that of the current commit is meant; which one otherwise cannot be told.
    private string? ExperimentCommit(string name)
    {
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') || name == "HEAD")
            return null;
        string[] found = Ask("for-each-ref", "--format=%(objectname) %(refname)", $"refs/exps/*/*/{name}")?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (found.Length > 1 && Commit("HEAD") is { } head)
            found = [.. found.Where(line => line.EndsWith($" refs/exps/{head[..2]}/{head[2..]}/{name}", StringComparison.Ordinal))];
        return found.Length == 1 ? found[0].Split(' ')[0] : null;
    }

    private string? Ask(params IReadOnlyList<string> arguments) => Answer(Start(Root, arguments));

    private static string? Answer(Process? started)
    {
        using Process? process = started;
        if (process is null)
            return null;
        string output = Output(process);
        process.WaitForExit();
        return process.ExitCode == 0 ? output : null;
    }

    private static string Output(Process process)
    {
        process.StandardInput.Close();
        using StreamReader output = process.StandardOutput;
        using var reader = new StreamReader(ProcessPipe.Open(output.BaseStream, FileAccess.Read));
        return reader.ReadToEnd().TrimEnd('\n');
    }
}
