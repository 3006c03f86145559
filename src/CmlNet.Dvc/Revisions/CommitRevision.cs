namespace CmlNet.Dvc.Revisions;

/// <summary>A commit, read from the object store.</summary>
/// <param name="name">As the user wrote it.</param>
/// <param name="sha">Full hash.</param>
/// <param name="repository">Where the commit is.</param>
/// <param name="objects">Serves the reads; stays the caller's.</param>
public sealed class CommitRevision(string name, string sha, GitRepository repository, GitObjects objects) : IRevision
{
    private Func<IReadOnlyList<string>>? _begun;
    private IReadOnlyList<string>? _paths;

    public string Name { get; } = name;

    public byte[]? Read(string path) => objects.Read(sha, path);

    public IEnumerable<string> Paths() => _paths ??= (_begun ?? repository.BeginFiles(sha))();

    /// <summary>git lists the paths from now on, while the caller does something else before it asks for them.</summary>
    public void BeginPaths() => _begun ??= repository.BeginFiles(sha);
}
