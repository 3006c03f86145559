using System.Text;
using CmlNet.Workflows.Execution.Repository;

namespace CmlNet.Workflows.Execution.Events;

/// <summary>Reads a <see cref="GitState"/> with the <c>git</c> program. Never fails for what the directory holds: outside a repository, or without git, it is <c>local/&lt;directory&gt;</c> with no commit.</summary>
public static class GitStateReader
{
    private const string CommitFormat = "--format=%H%x00%T%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B";

    /// <param name="directory">Anywhere inside the working tree.</param>
    /// <param name="remoteName">The remote that names owner and repository; the first other one is taken when it does not exist.</param>
    /// <param name="baseBranch">The branch that <see cref="GitState.MergeBase"/> is taken with; the default branch when null.</param>
    public static async Task<GitState> ReadAsync(string directory, string remoteName, string? baseBranch, CancellationToken cancellationToken)
    {
        string full = Path.GetFullPath(directory);
        var git = new GitProgram(full);
        string? root = await git.AskAsync(["rev-parse", "--show-toplevel"], cancellationToken);
        if (string.IsNullOrEmpty(root))
            return new GitState { Owner = "local", Name = CleanName(full), Root = full };

        // Questions that do not depend on each other are asked at once: each is a process.
        Task<RemoteUrl?> remoteTask = ReadRemoteAsync(git, remoteName, cancellationToken);
        Task<GitCommit?> headTask = ReadCommitAsync(git, cancellationToken);
        Task<Dictionary<string, string>> configTask = ReadConfigAsync(git, cancellationToken);
        Task<string?> tagTask = git.AskAsync(["describe", "--tags", "--exact-match", "HEAD"], cancellationToken);
        string? branch = await git.AskAsync(["symbolic-ref", "--quiet", "--short", "HEAD"], cancellationToken);
        (string defaultBranch, string? defaultRef) = await ReadDefaultBranchAsync(git, remoteName, branch, cancellationToken);
        string? baseRef = baseBranch is null ? defaultRef : await FindBranchAsync(git, remoteName, [baseBranch], cancellationToken);
        string? mergeBase = baseRef is null ? null : await git.AskAsync(["merge-base", "HEAD", baseRef], cancellationToken);
        GitCommit? head = await headTask;
        Dictionary<string, string> config = await configTask;
        RemoteUrl? remote = await remoteTask;
        string? tag = await tagTask;
        return new GitState
        {
            ServerUrl = remote?.ServerUrl ?? "https://github.com",
            Owner = remote?.Owner ?? "local",
            Name = remote?.Name ?? CleanName(root),
            Root = root,
            IsRepository = true,
            Branch = branch,
            Tag = head is null ? null : tag,
            DefaultBranch = defaultBranch,
            Head = head,
            MergeBase = head is null ? null : mergeBase,
            User = LoginOf(config),
            UserEmail = config.GetValueOrDefault("user.email", ""),
        };
    }

    private static async Task<RemoteUrl?> ReadRemoteAsync(GitProgram git, string remoteName, CancellationToken cancellationToken)
    {
        string[] names = (await git.AskAsync(["remote"], cancellationToken) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (string name in names.OrderByDescending(name => name == remoteName))
        {
            string? url = await git.AskAsync(["remote", "get-url", "--", name], cancellationToken);
            if (url is not null && RemoteUrl.TryParse(url.Split('\n')[0], out RemoteUrl? remote))
                return remote;
        }

        return null;
    }

    /// <summary>What the remote calls its HEAD, else main or master where there is one, else the branch checked out.</summary>
    private static async Task<(string Name, string? Ref)> ReadDefaultBranchAsync(GitProgram git, string remoteName, string? branch, CancellationToken cancellationToken)
    {
        string prefix = $"refs/remotes/{remoteName}/";
        string? remoteHead = await git.AskAsync(["symbolic-ref", "--quiet", prefix + "HEAD"], cancellationToken);
        if (remoteHead is not null && remoteHead.StartsWith(prefix, StringComparison.Ordinal))
            return (remoteHead[prefix.Length..], remoteHead);

        string? found = await FindBranchAsync(git, remoteName, ["main", "master"], cancellationToken);
        return found is not null
            ? (found[(found.LastIndexOf('/') + 1)..], found)
            : (branch ?? "main", branch is null ? null : "refs/heads/" + branch);
    }

    /// <summary>The full name of the first that exists; what the remote has comes before what is here.</summary>
    private static async Task<string?> FindBranchAsync(GitProgram git, string remoteName, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        string[] candidates = [.. names.Select(name => $"refs/remotes/{remoteName}/{name}"), .. names.Select(name => $"refs/heads/{name}")];
        string[] present = (await git.AskAsync(["for-each-ref", "--format=%(refname)", .. candidates], cancellationToken) ?? "").Split('\n');
        return candidates.FirstOrDefault(candidate => present.Contains(candidate, StringComparer.Ordinal));
    }

    private static async Task<GitCommit?> ReadCommitAsync(GitProgram git, CancellationToken cancellationToken)
    {
        string? text = await git.AskAsync(["log", "-1", "--no-color", "--no-show-signature", CommitFormat, "HEAD", "--"], cancellationToken);
        string[] fields = text?.Split('\0') ?? [];
        if (fields.Length < 10)
            return null;

        string? changes = await git.AskAsync(["diff-tree", "--root", "-r", "-z", "--no-commit-id", "--no-renames", "--name-status", "-m", "--first-parent", "HEAD", "--"], cancellationToken);
        ILookup<char, string> byStatus = ReadChanges(changes ?? "").ToLookup(change => change.Status, change => change.Path);
        return new GitCommit
        {
            Sha = fields[0],
            TreeSha = fields[1],
            ParentShas = fields[2].Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Author = new GitSignature(fields[3], fields[4], fields[5]),
            Committer = new GitSignature(fields[6], fields[7], fields[8]),
            Message = fields[9].TrimEnd('\n'),
            Added = [.. byStatus['A']],
            Removed = [.. byStatus['D']],
            Modified = [.. byStatus['M'], .. byStatus['T']],
        };
    }

    private static IEnumerable<(char Status, string Path)> ReadChanges(string text)
    {
        string[] parts = text.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i + 1 < parts.Length; i += 2)
            yield return (parts[i][0], parts[i + 1]);
    }

    private static async Task<Dictionary<string, string>> ReadConfigAsync(GitProgram git, CancellationToken cancellationToken)
    {
        var config = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string text = await git.AskAsync(["config", "-z", "--get-regexp", @"^(user\.(name|email)|github\.user)$"], cancellationToken) ?? "";
        foreach (string entry in text.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = entry.Split('\n', 2);
            config[pair[0]] = pair.Length == 2 ? pair[1] : "";
        }

        return config;
    }

    /// <summary>github.user, else the login in a noreply address, else the name made to look like a login.</summary>
    private static string LoginOf(Dictionary<string, string> config)
    {
        if (config.GetValueOrDefault("github.user") is { Length: > 0 } login)
            return login;
        string email = config.GetValueOrDefault("user.email", "");
        int at = email.IndexOf("@users.noreply.github.com", StringComparison.OrdinalIgnoreCase);
        if (at > 0)
            return email[(email.IndexOf('+', StringComparison.Ordinal) is int plus and > 0 && plus < at ? plus + 1 : 0)..at];
        string name = Clean(config.GetValueOrDefault("user.name", "").Trim(), "-");
        return name.Length == 0 ? "local" : name.ToLowerInvariant();
    }

    private static string CleanName(string directory)
    {
        string name = Clean(Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)), "-._");
        return name.Length == 0 ? "repository" : name;
    }

    private static string Clean(string text, string allowed)
    {
        var clean = new StringBuilder(text.Length);
        foreach (char character in text)
            clean.Append(char.IsAsciiLetterOrDigit(character) || allowed.Contains(character, StringComparison.Ordinal) ? character : '-');
        return clean.ToString().Trim('-');
    }
}
