using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Experiments;

/// <summary>A revision with the data that DVC tracks in it: what git does not have is read from the cache.</summary>
public sealed class TrackedRevision(IRevision inner, DvcProject project, ProjectIndex index) : IRevision
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public byte[]? Read(string path)
    {
        if (inner.Read(path) is { } content)
            return content;
        string below = project.PathInRepository.Length == 0 ? path : RelativePath.IsWithin(path, project.PathInRepository) ? path[(project.PathInRepository.Length + 1)..] : "";
        if (below.Length == 0 || index.Owner(below) is not { Output.Recorded.Id: { } id } owner || !project.Cache.Contains(id))
            return null;
        ObjectId? file = id;
        if (id.IsDirectory)
        {
            string part = below.Length > owner.Output.Path.Length ? below[(owner.Output.Path.Length + 1)..] : "";
            file = project.Cache.Listing(id).Files.FirstOrDefault(entry => entry.Key == part) is { Value: { } hash } ? ObjectId.Parse(hash, id.IsLegacy) : null;
        }

        return file is not null && project.Cache.Contains(file) ? File.ReadAllBytes(project.Cache.PathOf(file)) : null;
    }

    /// <inheritdoc/>
    public IEnumerable<string> Paths() => inner.Paths();
}
