using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Experiments;

/// <summary>
/// A revision with the data that DVC tracks in it: what git does not have is read from the cache, or from a remote that is a folder. Only then is a project
/// opened. Nothing is written, and no network used.
/// </summary>
/// <param name="inner">Files of the whole repository.</param>
/// <param name="projectOf">The project around a file of the repository; null when there is none.</param>
public sealed class DataRevision(IRevision inner, Func<string, DvcProject?> projectOf) : IRevision
{
    private readonly Dictionary<string, ProjectIndex?> _indexes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SelectedOutput> _lacking = new(StringComparer.Ordinal);
    private bool _isFinal;

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <summary>Outputs that were asked for, are recorded, and are not on this machine.</summary>
    public IReadOnlyCollection<SelectedOutput> Lacking => _lacking.Values;

    /// <inheritdoc/>
    /// <exception cref="IOException">DVC tracks the file, its content is not on this machine, and nobody will get it.</exception>
    public byte[]? Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (inner.Read(path) is { } content)
            return content;
        if (Locate(path) is not { } tracked)
            return null;
        if (Content(tracked) is { } found)
            return found.Bytes;
        if (_isFinal)
            throw new IOException($"tracked by DVC at {Name}, and not in the cache; get it with dvc fetch");
        _lacking[tracked.Output.Output.Path] = tracked.Output with { Part = "" };
        return null;
    }

    /// <inheritdoc/>
    public IEnumerable<string> Paths() => inner.Paths();

    /// <summary>Bytes of a file; of one that is not on this machine as DVC has recorded them. Null when there is no such file, or nothing tells.</summary>
    public long? Length(string path)
    {
        if (inner.Read(path) is { } content)
            return content.Length;
        if (Locate(path) is not { } tracked)
            return null;
        return tracked.Output.Part.Length == 0 && tracked.Output.Output.Recorded is { Size: { } size, Id.IsDirectory: false } ? size : Content(tracked)?.Bytes?.Length;
    }

    /// <summary>What has to be fetched before a file can be read; null when nothing has, or nothing is known of the file.</summary>
    public (DvcProject Project, SelectedOutput Output)? Missing(string path) =>
        inner.Read(path) is null && Locate(path) is { } tracked && Content(tracked) is null ? tracked : null;

    /// <summary>What was lacking has been got, or cannot be: to ask for that is an error from now on.</summary>
    public void Settle()
    {
        _lacking.Clear();
        _isFinal = true;
    }

    // Null when it is not tracked. DVC's own files are git's or not there.
    private (DvcProject Project, SelectedOutput Output)? Locate(string path)
    {
        if (RelativePath.Name(path) is "dvc.yaml" or "dvc.lock" || path.EndsWith(".dvc", StringComparison.Ordinal) || projectOf(path) is not { } project)
            return null;
        string prefix = project.PathInRepository;
        if (prefix.Length > 0 && (path.Length <= prefix.Length || !RelativePath.IsWithin(path, prefix)))
            return null;
        string below = prefix.Length == 0 ? path : path[(prefix.Length + 1)..];
        if (Index(project)?.Owner(below) is not { Output: { IsCached: true, Recorded.Id: not null } } owner)
            return null;
        return (project, new SelectedOutput(owner.Stage, owner.Output, below.Length > owner.Output.Path.Length ? below[(owner.Output.Path.Length + 1)..] : ""));
    }

    private ProjectIndex? Index(DvcProject project)
    {
        if (_indexes.TryGetValue(project.Root, out ProjectIndex? known))
            return known;
        try
        {
            return _indexes[project.Root] = ProjectIndex.Read(inner, project.Config, project.PathInRepository);
        }
        catch (DvcException)
        {
            return _indexes[project.Root] = null; // a revision of which the pipeline is broken has no data that could be found
        }
    }

    // No bytes: the folder has no such file. Null: an object is not at hand.
    private static Found? Content((DvcProject Project, SelectedOutput Output) tracked)
    {
        ObjectId id = tracked.Output.Output.Recorded!.Id!; // found with it
        if (Object(tracked.Project, id) is not { } content)
            return null;
        if (!id.IsDirectory)
            return new Found(content);
        string? hash = Files(content, id).FirstOrDefault(file => file.Key == tracked.Output.Part).Value;
        if (hash is null || ObjectId.TryParse(hash, id.IsLegacy) is not { } member)
            return new Found(null);
        return Object(tracked.Project, member) is { } file ? new Found(file) : null;
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Files(byte[] list, ObjectId id)
    {
        try
        {
            return DirectoryListing.Parse(list, id.Value).Files;
        }
        catch (DvcException)
        {
            return []; // its hash is right, so that is what was put there
        }
    }

    // One that is not what its name says is as good as none.
    private static byte[]? Object(DvcProject project, ObjectId id)
    {
        foreach (ObjectStore store in (IEnumerable<ObjectStore>)[project.Cache, .. project.Config.Remotes.Select(name => project.Config.Remote(name)?.GetValueOrDefault("url")).OfType<string>().Where(Path.IsPathRooted).Select(folder => new ObjectStore(folder))])
        {
            string file = store.PathOf(id);
            if (File.Exists(file) && File.ReadAllBytes(file) is var content && (id.IsLegacy || id.Value.StartsWith(FileHash.Compute(content), StringComparison.Ordinal)))
                return content;
        }

        return null;
    }

    private sealed record Found(byte[]? Bytes);
}
