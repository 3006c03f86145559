using CmlNet.Dvc.Configuration;
using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Sources;

/// <summary>Another project, to be listed or taken from: its files of git, and its data from its own cache when it is on this machine, else from its default remote.</summary>
public sealed class SourceProject : IAsyncDisposable
{
    private readonly GitClone _clone;
    private readonly DvcProject? _project;
    private readonly ProjectIndex? _index;
    private readonly string? _localCache;
    private readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly RemoteStores? _stores;

    private SourceProject(GitClone clone, DvcProject? project, string? localCache)
    {
        (_clone, _project, _localCache) = (clone, project, localCache);
        _index = project is null ? null : ProjectIndex.Read(project);
        _stores = project is null ? null : new RemoteStores(project, _client);
    }

    /// <summary>Full hash of the commit; "" in a repository that has none.</summary>
    public string Commit => _clone.Commit;

    /// <summary>Opens it to be listed: a repository on this machine as its work tree is now, where no revision is asked for.</summary>
    /// <exception cref="DvcException">It cannot be had.</exception>
    public static async Task<SourceProject> OpenToListAsync(string url, string? revision, string directory, SourceSettings settings, IReadOnlyDictionary<string, string> environment, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        // Other settings would be written into it.
        if (revision is not null || settings != SourceSettings.None || LocalFolder(url, directory) is not { } local || GitRepository.Find(local) is not { } repository)
            return await OpenAsync(url, revision, directory, settings, environment, time, cancellationToken);
        DvcProject? project = Directory.Exists(Path.Combine(repository.Root, ".dvc")) ? DvcProject.Open(repository.Root, environment, time) : null;
        return new SourceProject(GitClone.InPlace(repository), project, project?.Cache.Root);
    }

    // Null for what is no folder of this machine.
    private static string? LocalFolder(string url, string directory)
    {
        string local = Path.GetFullPath(url.StartsWith("file://", StringComparison.Ordinal) && Uri.TryCreate(url, UriKind.Absolute, out Uri? file) ? file.LocalPath : url, directory);
        return (!RelativePath.IsUrl(url) || url.StartsWith("file://", StringComparison.Ordinal)) && Directory.Exists(local) ? local : null;
    }

    /// <summary>Opens it at a revision, or at its default branch.</summary>
    /// <exception cref="DvcException">It cannot be had.</exception>
    public static async Task<SourceProject> OpenAsync(string url, string? revision, string directory, SourceSettings settings, IReadOnlyDictionary<string, string> environment, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(url);
        string? local = LocalFolder(url, directory);
        GitClone clone = await GitClone.MakeAsync(local is null ? url : GitRepository.Find(local)?.Root ?? local, revision, cancellationToken);
        try
        {
            DvcProject? original = local is not null && Directory.Exists(Path.Combine(local, ".dvc")) ? DvcProject.Open(local, environment, time) : null;
            string folder = Path.Combine(clone.Root, ".dvc");
            if (Directory.Exists(folder))
            {
                if (original is not null)
                    TakeRemotes(original.Config, folder, environment);
                settings.Apply(folder, environment);
            }

            return new SourceProject(clone, Directory.Exists(folder) ? DvcProject.Open(clone.Root, environment, time) : null, original?.Cache.Root);
        }
        catch
        {
            clone.Dispose();
            throw;
        }
    }

    // Of a project on this machine the remotes are as they are seen there: a relative path does not count from our clone.
    private static void TakeRemotes(DvcConfig config, string folder, IReadOnlyDictionary<string, string> environment)
    {
        ConfigFile own = DvcConfig.FileOf(ConfigLevel.Local, folder, environment);
        foreach (string name in config.Remotes)
        {
            foreach ((string option, string value) in config.Remote(name) ?? new Dictionary<string, string>(StringComparer.Ordinal))
                own.Set($"remote \"{name}\"", option, value);
        }

        own.Save();
    }

    /// <summary>What lies at a path.</summary>
    /// <param name="path">Relative to the project; "" for all.</param>
    /// <param name="isRecursive">Files only, with everything below.</param>
    /// <param name="onlyOutputs">Without files of git.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="DvcException">There is nothing.</exception>
    public async Task<IReadOnlyList<ListedFile>> ListAsync(string path, bool isRecursive, bool onlyOutputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        var files = new SortedDictionary<string, ListedFile>(StringComparer.Ordinal);
        foreach (string file in onlyOutputs ? [] : _clone.Files)
        {
            var info = new FileInfo(Path.Combine(_clone.Root, file));
            Place(files, path, isRecursive, file, new ListedFile(file, IsOutput: false, IsFolder: false, !OperatingSystem.IsWindows() && info.Exists && File.GetUnixFileMode(info.FullName).HasFlag(UnixFileMode.UserExecute), info.Exists ? info.Length : null, null));
        }

        foreach ((_, Output output) in _index?.Outputs ?? [])
        {
            if (!output.IsCached)
                continue;
            bool isFolder = output.Recorded?.Id?.IsDirectory == true;
            bool looksInside = isFolder && (RelativePath.IsWithin(path, output.Path) || isRecursive) && (RelativePath.IsWithin(path, output.Path) || RelativePath.IsWithin(output.Path, path));
            if (!looksInside)
            {
                Place(files, path, isRecursive, output.Path, new ListedFile(output.Path, IsOutput: true, isFolder, output.Recorded?.IsExecutable ?? false, output.Recorded?.Size, output.Recorded?.Id?.Value));
                continue;
            }

            DirectoryListing listing = await ListingAsync(output.Recorded!.Id!, cancellationToken); // it is a folder's
            foreach ((string file, string hash) in listing.Files)
                Place(files, path, isRecursive, $"{output.Path}/{file}", new ListedFile($"{output.Path}/{file}", IsOutput: true, IsFolder: false, IsExecutable: false, null, hash));
        }

        if (files.Count == 0)
            throw new DvcException($"The path '{path}' does not exist in the target repository{(Commit.Length == 0 ? "" : $" at {Commit[..7]}")}");
        return [.. files.Values];
    }

    /// <summary>Copies a file or folder, of git or of DVC, to a path that does not exist yet.</summary>
    /// <param name="path">Relative to the project.</param>
    /// <param name="target">Absolute.</param>
    /// <param name="cache">Where data goes on its way.</param>
    /// <param name="jobs">Transfers at once.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What DVC recorded about it; null for files of git.</returns>
    /// <exception cref="DvcException">There is nothing at the path, or it cannot be had.</exception>
    public async Task<FileRecord?> GetAsync(string path, string target, ObjectStore cache, int jobs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(cache);
        if (_index?.Owner(path) is { Output: { IsCached: true, Recorded: { Id: { } id } record } output })
        {
            string part = path.Length > output.Path.Length ? path[(output.Path.Length + 1)..] : "";
            await FetchAsync(id, part, cache, jobs, cancellationToken);
            SourceCopy.Export(id, part, cache, target, target, path);
            return part.Length == 0 ? record : null;
        }

        string full = Path.GetFullPath(Path.Combine(_clone.Root, path));
        List<Output> inside = [.. (_index?.Outputs ?? []).Select(item => item.Output).Where(item => item is { IsCached: true, Recorded.Id: not null } && RelativePath.IsWithin(item.Path, path))];
        bool isInGit = (full == _clone.Root || full.StartsWith(_clone.Root + "/", StringComparison.Ordinal)) && !RelativePath.IsWithin(path, ".git") && Path.Exists(full);
        if (!isInGit && inside.Count == 0)
            throw new DvcException($"The path '{path}' does not exist in the target repository at {Commit[..7]}");
        if (isInGit)
            SourceCopy.CopyTree(_clone.Root, full, target);
        foreach (Output data in inside)
        {
            ObjectId dataId = data.Recorded!.Id!; // filtered
            await FetchAsync(dataId, "", cache, jobs, cancellationToken);
            SourceCopy.Export(dataId, "", cache, target, Path.Combine(target, path.Length == 0 ? data.Path : data.Path[(path.Length + 1)..]), data.Path);
        }

        return null;
    }

    /// <summary>Where the remote has a path's data.</summary>
    /// <param name="path">Relative to the project.</param>
    /// <exception cref="DvcException">DVC does not track it, or the project has no remote.</exception>
    public async Task<string> AddressAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (_index?.Owner(path) is not { Output: { IsCached: true, Recorded: { Id: { } id } } output })
            throw new DvcException($"'{path}' of the target repository is not tracked by DVC, so no remote has it");
        string part = path.Length > output.Path.Length ? path[(output.Path.Length + 1)..] : "";
        if (part.Length > 0)
        {
            DirectoryListing listing = await ListingAsync(id, cancellationToken);
            id = listing.Files.FirstOrDefault(file => file.Key == part).Value is { } hash ? ObjectId.Parse(hash, id.IsLegacy) : throw new DvcException($"The path '{path}' does not exist in the target repository");
        }

        string? url = _project!.Config.DefaultRemote is { } remote ? _project.Config.Remote(remote)?.GetValueOrDefault("url") : null; // only a project has outputs
        return $"{(url ?? throw new DvcException("the target repository has no default remote; name one with --remote")).TrimEnd('/')}/{id.RelativePath}";
    }

    /// <summary>Gets an object, and a folder's files, into a cache.</summary>
    public async Task FetchAsync(ObjectId id, string part, ObjectStore cache, int jobs, CancellationToken cancellationToken)
    {
        DvcProject project = _project!.WithCache(cache); // only a project has objects
        foreach (IRemoteStore store in Stores())
        {
            IReadOnlyCollection<ObjectId> missing = await new Transfer(project, store, jobs).FetchAsync([id], (_, file) => RelativePath.IsWithin(file, part), cancellationToken);
            if (missing.Count == 0)
                return;
        }

        throw new DvcException($"the data of {id.Value} is neither in the source's cache nor in its remote");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stores is not null)
            await _stores.DisposeAsync();
        _client.Dispose();
        _clone.Dispose();
    }

    private IEnumerable<IRemoteStore> Stores()
    {
        if (_localCache is not null)
            yield return new LocalStore(_localCache);
        if (_project?.Config.DefaultRemote is not null)
            yield return _stores!.Open(null).Store; // there is one where there is a project
    }

    private async Task<DirectoryListing> ListingAsync(ObjectId id, CancellationToken cancellationToken)
    {
        foreach (IRemoteStore store in Stores())
        {
            using var content = new MemoryStream();
            if (await store.ReadAsync(id.RelativePath, content, 0, cancellationToken))
                return DirectoryListing.Parse(content.ToArray(), id.Value);
        }

        throw new DvcException($"the list of files {id.Value} is neither in the source's cache nor in its remote");
    }

    private static void Place(SortedDictionary<string, ListedFile> files, string path, bool isRecursive, string file, ListedFile entry)
    {
        if (!RelativePath.IsWithin(file, path) && !(entry.IsFolder && RelativePath.IsWithin(path, file)))
            return;
        string below = file == path ? RelativePath.Name(file) : path.Length == 0 ? file : file[(path.Length + 1)..];
        int slash = below.IndexOf('/', StringComparison.Ordinal);
        if (isRecursive || slash < 0)
            files[below] = entry with { Path = below };
        else if (files.TryGetValue(below[..slash], out ListedFile? folder))
            files[below[..slash]] = folder with { IsOutput = folder.IsOutput || entry.IsOutput };
        else
            files[below[..slash]] = new ListedFile(below[..slash], IsOutput: false, IsFolder: true, IsExecutable: false, null, null);
    }
}
