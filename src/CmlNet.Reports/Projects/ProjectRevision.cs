using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;

namespace CmlNet.Reports.Projects;

/// <summary>The part of a revision that is a project's. Paths are relative to it.</summary>
/// <param name="inner">Files of the whole repository.</param>
/// <param name="name">As it is shown.</param>
/// <param name="prefix">Where the project lies; "" for the root.</param>
internal sealed class ProjectRevision(IRevision inner, string name, string prefix) : IRevision
{
    public string Name => name;

    public byte[]? Read(string path) => inner.Read(prefix.Length == 0 ? path : $"{prefix}/{path}");

    public IEnumerable<string> Paths() => prefix.Length == 0
        ? inner.Paths()
        : inner.Paths().Where(path => path.Length > prefix.Length && RelativePath.IsWithin(path, prefix)).Select(path => path[(prefix.Length + 1)..]);
}
