using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Revisions;

/// <summary>A commit of which nothing may be passed over: what a clone was made without is an error here, not absent.</summary>
/// <param name="sha">Full hash.</param>
/// <param name="repository">Where the commit is.</param>
/// <param name="objects">Serves the reads; stays the caller's.</param>
internal sealed class WholeCommit(string sha, GitRepository repository, GitObjects objects) : IRevision
{
    private const string Advice = "If the clone is partial, get the rest with: git fetch --refetch --no-filter; else see: git fsck";

    private readonly Lazy<HashSet<string>> _paths = new(() =>
        [.. (repository.Output("ls-tree", "-r", "-z", "--name-only", "--full-tree", sha) ?? throw new DvcException($"git ls-tree failed at {sha}; nothing was deleted. {Advice}")).Split('\0', StringSplitOptions.RemoveEmptyEntries)]);

    public string Name => sha;

    /// <exception cref="DvcException">The commit names the file, and git does not have it.</exception>
    public byte[]? Read(string path) =>
        objects.Read(sha, path) ?? (_paths.Value.Contains(path) ? throw new DvcException($"git does not have {path} at {sha}; nothing was deleted. {Advice}") : null);

    public IEnumerable<string> Paths() => _paths.Value.Order(StringComparer.Ordinal);
}
