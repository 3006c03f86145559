namespace CmlNet.Dvc.Revisions;

/// <summary>A commit, read from the object store.</summary>
/// <param name="name">As the user wrote it.</param>
/// <param name="sha">Full hash.</param>
/// <param name="objects">Serves the reads; stays the caller's.</param>
public sealed class CommitRevision(string name, string sha, GitObjects objects) : IRevision
{
    private IReadOnlyList<string>? _paths;

    public string Name { get; } = name;

    public byte[]? Read(string path) => objects.Read(sha, path);

    public IEnumerable<string> Paths() => _paths ??= objects.Files(sha);
}
