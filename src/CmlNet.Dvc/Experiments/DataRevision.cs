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
    private readonly Dictionary<string, Dictionary<string, string>> _lists = new(StringComparer.Ordinal);
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
        return tracked.Output.Part.Length == 0 && tracked.Output.Output.Recorded is { Size: { } size, Id.IsDirectory: false } ? size : Place(tracked) is { File: { } file } ? new FileInfo(file).Length : null;
    }

    /// <summary>What has to be fetched before a file can be read; null when nothing has, or nothing is known of the file.</summary>
    public (DvcProject Project, SelectedOutput Output)? Missing(string path) =>
        inner.Read(path) is null && Locate(path) is { } tracked && Place(tracked) is null ? tracked : null;

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
    private Found? Content((DvcProject Project, SelectedOutput Output) tracked)
    {
        if (Member(tracked) is not { } member)
            return null;
        if (member.Id is not { } id)
            return new Found(null);
        return Object(tracked.Project, id) is { } content ? new Found(content) : null;
    }

    // The same without its content: no path where the folder has no such file, null where an object is not at hand.
    private Placed? Place((DvcProject Project, SelectedOutput Output) tracked)
    {
        if (Member(tracked) is not { } member)
            return null;
        if (member.Id is not { } id)
            return new Placed(null);
        return Copies(tracked.Project, id).FirstOrDefault(file => IsWhole(file, id)) is { } place ? new Placed(place) : null;
    }

    // The object of a file: of one in a folder as the folder's list has it. Null when the list is not at hand.
    private MemberObject? Member((DvcProject Project, SelectedOutput Output) tracked)
    {
        ObjectId id = tracked.Output.Output.Recorded!.Id!; // found with it
        if (!id.IsDirectory)
            return new MemberObject(id);
        if (!_lists.TryGetValue(id.Value, out Dictionary<string, string>? files))
        {
            if (Object(tracked.Project, id) is not { } list)
                return null;
            _lists[id.Value] = files = Files(list, id);
        }

        return new MemberObject(files.TryGetValue(tracked.Output.Part, out string? hash) ? ObjectId.TryParse(hash, id.IsLegacy) : null);
    }

    private static Dictionary<string, string> Files(byte[] list, ObjectId id)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            foreach ((string file, string hash) in DirectoryListing.Parse(list, id.Value).Files)
                files.TryAdd(file, hash);
        }
        catch (DvcException)
        {
            files.Clear(); // its hash is right, so that is what was put there
        }

        return files;
    }

    // One that is not what its name says is as good as none.
    private static byte[]? Object(DvcProject project, ObjectId id)
    {
        foreach (string file in Copies(project, id))
        {
            if (File.ReadAllBytes(file) is var content && (id.IsLegacy || id.Value.StartsWith(FileHash.Compute(content), StringComparison.Ordinal)))
                return content;
        }

        return null;
    }

    private static IEnumerable<string> Copies(DvcProject project, ObjectId id) =>
        project.Config.Remotes.Select(name => project.Config.Remote(name)?.GetValueOrDefault("url")).OfType<string>().Where(Path.IsPathRooted)
            .Select(folder => new ObjectStore(folder)).Prepend(project.Cache).Select(store => store.PathOf(id)).Where(File.Exists);

    // What nobody may write is trusted, as in a cache; anything else is hashed, a piece at a time.
    private static bool IsWhole(string file, ObjectId id) =>
        id.IsLegacy || FileStatus.Read(file) is { IsProtected: true } || id.Value.StartsWith(FileHash.Compute(file, isLegacy: false, CancellationToken.None), StringComparison.Ordinal);

    private sealed record Found(byte[]? Bytes);

    private sealed record Placed(string? File);

    private sealed record MemberObject(ObjectId? Id);
}
