namespace CmlNet.Publishing.Git;

/// <summary>What <c>git status</c> lists.</summary>
internal static class GitChanges
{
    /// <summary>Changed, new and deleted files that match, relative to the top of the work tree; all of them where no pattern is given.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(GitCommand git, IReadOnlyList<string> pathspecs, CancellationToken cancellationToken)
    {
        string output = await git.RunAsync(["status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--", .. pathspecs], cancellationToken);
        // Two letters, a space, the path.
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(e => e.Length > 3).Select(e => e[3..])];
    }
}
