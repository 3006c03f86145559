namespace CmlNet.Dvc.Revisions;

/// <summary>The files of a project at one moment. Paths are relative to the project's root, with forward slashes.</summary>
public interface IRevision
{
    /// <summary>As the user knows it: <c>workspace</c>, a branch, a hash.</summary>
    string Name { get; }

    /// <summary>Null when there is no such file.</summary>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    byte[]? Read(string path);

    /// <summary>Every file, in ordinal order.</summary>
    IEnumerable<string> Paths();
}
