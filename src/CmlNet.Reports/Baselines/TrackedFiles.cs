using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Storage;

namespace CmlNet.Reports.Baselines;

/// <summary>A commit with the data that DVC tracks in it: what git does not have is read from DVC's cache, or from a remote that is a folder. Nothing is written and no network used.</summary>
/// <param name="commit">Files of the whole repository.</param>
/// <param name="root">Absolute root of the repository.</param>
/// <param name="environment">Of the process: DVC's configuration has a part in the user's folder.</param>
public sealed class TrackedFiles(IRevision commit, string root, IReadOnlyDictionary<string, string> environment) : IRevision
{
    private readonly Dictionary<string, (DvcProject Project, ProjectIndex Index)?> _projects = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => commit.Name;

    /// <inheritdoc/>
    public IEnumerable<string> Paths() => commit.Paths();

    /// <inheritdoc/>
    /// <exception cref="IOException">DVC tracks the file, and its content is not on this machine.</exception>
    public byte[]? Read(string path)
    {
        if (commit.Read(path) is { } content)
            return content;
        if (Locate(path) is not { } tracked)
            return null;
        return Content(tracked) is { } found ? found.Content : throw new IOException($"tracked by DVC at {Name}, and not in the cache; get it with dvc fetch");
    }

    /// <summary>Bytes of a file; of one that is not on this machine as DVC has recorded them. Null when there is no such file, or nothing tells.</summary>
    public long? Length(string path)
    {
        if (commit.Read(path) is { } content)
            return content.Length;
        if (Locate(path) is not { } tracked)
            return null;
        return tracked.Output.Part.Length == 0 && tracked.Output.Output.Recorded is { Size: { } size, Id.IsDirectory: false } ? size : Content(tracked)?.Content?.Length;
    }

    /// <summary>What has to be fetched before a file can be read; null when nothing has, or nothing is known of the file.</summary>
    public (DvcProject Project, SelectedOutput Output)? Missing(string path) =>
        commit.Read(path) is null && Locate(path) is { } tracked && Content(tracked) is null ? tracked : null;

    // Null when it is not tracked.
    private (DvcProject Project, SelectedOutput Output)? Locate(string path)
    {
        if (Project(path) is not { } project)
            return null;
        string below = Path.GetRelativePath(project.Project.Root, Path.Combine(root, path)).Replace('\\', '/');
        if (project.Index.Owner(below) is not { Output.Recorded.Id: not null } owner)
            return null;
        return (project.Project, new SelectedOutput(owner.Stage, owner.Output, below.Length > owner.Output.Path.Length ? below[(owner.Output.Path.Length + 1)..] : ""));
    }

    // No content: the folder has no such file. Null: an object is not at hand.
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

    // The nearest project around a file, as it was at the commit.
    private (DvcProject Project, ProjectIndex Index)? Project(string path)
    {
        for (string folder = path; folder.Length > 0;)
        {
            folder = folder.Contains('/', StringComparison.Ordinal) ? folder[..folder.LastIndexOf('/')] : "";
            if (Directory.Exists(Path.Combine(root, folder, ".dvc")))
                return _projects.TryGetValue(folder, out (DvcProject, ProjectIndex)? known) ? known : _projects[folder] = Open(folder);
        }

        return null;
    }

    private (DvcProject, ProjectIndex)? Open(string folder)
    {
        try
        {
            var project = DvcProject.Open(Path.Combine(root, folder), environment, TimeProvider.System);
            return (project, ProjectIndex.Read(commit, project.Config, folder));
        }
        catch (DvcException)
        {
            return null; // as if it tracked nothing
        }
    }

    private sealed record Found(byte[]? Content);
}
