using CmlNet.Dvc.Data;
using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Ignoring;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Storage;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Sources;

/// <summary>What lies at an address, or elsewhere on this machine, and the mark by which a change there is seen: a file's or a folder's.</summary>
/// <param name="project">Whose remotes' settings hold for addresses that begin as theirs.</param>
/// <param name="client">Sends requests.</param>
/// <param name="jobs">Transfers at once.</param>
internal sealed class UrlSource(DvcProject project, HttpClient client, int jobs)
{
    /// <summary>Copies it to a path in the project at which there is nothing yet.</summary>
    /// <returns>Its mark.</returns>
    /// <exception cref="DvcException">It cannot be had.</exception>
    public async Task<FileRecord> GetAsync(string url, string target, CancellationToken cancellationToken)
    {
        if (!RelativePath.IsUrl(url))
            return Copy(url, target, cancellationToken);
        try
        {
            if (url.StartsWith("http", StringComparison.Ordinal))
                return await DownloadAsync(url, target, cancellationToken);
            await using var stores = new RemoteStores(project, client);
            (IRemoteStore store, string name) = Open(stores, url);
            return (url.EndsWith('/') ? null : await TryReadFileAsync(store, name, url, target, cancellationToken)) ?? await ReadFolderAsync(store, name, url, target, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new DvcException($"'{url}' cannot be reached: {e.Message}", innerException: e);
        }
    }

    /// <summary>The mark of what is there now; null when it must be read to be known.</summary>
    /// <param name="url">The address.</param>
    /// <param name="isFolder">Its files are looked at.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<string?> MarkAsync(string url, bool isFolder, CancellationToken cancellationToken)
    {
        if (!RelativePath.IsUrl(url) || url.StartsWith("http", StringComparison.Ordinal))
            return null;
        await using var stores = new RemoteStores(project, client);
        (IRemoteStore store, string name) = Open(stores, url);
        if (store is not IMarkedStore marked)
            return null;
        return isFolder ? await MarksAsync(marked, name, url, cancellationToken) is { } marks ? MarkOf(marks) : null : await marked.MarkAsync(name, cancellationToken);
    }

    private FileRecord Copy(string source, string target, CancellationToken cancellationToken)
    {
        if (FileStatus.Read(source) is not { } status)
            throw new DvcException($"'{source}' does not exist");
        if (RelativePath.IsWithin(project.Root, source.TrimEnd('/')))
            throw new DvcException($"'{source}' is a folder around this project; import a part of it");
        // Links are followed, as where it is hashed.
        foreach (string file in status.IsDirectory ? new FolderScan(Path.GetDirectoryName(source.TrimEnd('/'))!, IgnoreRules.OfCopies()).Files(RelativePath.Name(source.TrimEnd('/'))) : [""]) // not the root, which is around every project
        {
            string from = Path.Combine(source, file), to = Path.Combine(target, file);
            if (FileStatus.Read(from.TrimEnd('/')) is not { IsFile: true })
                throw new DvcException($"'{from}' is neither a file nor a folder, or a link that leads nowhere; take it away");
            Directory.CreateDirectory(Path.GetDirectoryName(to.TrimEnd('/'))!); // below the target
            File.Copy(from.TrimEnd('/'), to.TrimEnd('/'));
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (status.IsDirectory)
            Directory.CreateDirectory(target); // of an empty one
        return RecordOf(target, cancellationToken);
    }

    private async Task<FileRecord> DownloadAsync(string url, string target, CancellationToken cancellationToken)
    {
        if (url.Split('?')[0].EndsWith('/'))
            throw new DvcException($"'{url}' names a folder, and HTTP has no list of its files. Import them one by one, or the folder through s3://, ssh:// or webdavs://");
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address))
            throw new DvcException($"'{url}' is no URL");
        using HttpResponseMessage answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new DvcException($"'{url}' cannot be had: HTTP {(int)answer.StatusCode}");
        await using (FileStream file = File.Create(target))
            await answer.Content.CopyToAsync(file, cancellationToken);
        // Without a mark of the server's, the content is the mark.
        string? etag = answer.Headers.ETag?.ToString();
        return new FileRecord { Tag = etag ?? FileHash.Compute(target, isLegacy: false, cancellationToken), TagName = etag is null ? "checksum" : "etag", Size = new FileInfo(target).Length };
    }

    private async Task<FileRecord?> TryReadFileAsync(IRemoteStore store, string name, string url, string target, CancellationToken cancellationToken)
    {
        string? etag = store is IMarkedStore before ? await before.MarkAsync(name, cancellationToken) : null;
        bool isThere;
        await using (FileStream file = File.Create(target))
            isThere = await store.ReadAsync(name, file, 0, cancellationToken);
        if (!isThere)
        {
            File.Delete(target);
            return null;
        }

        // The mark must be that of what was read.
        if (store is IMarkedStore after && await after.MarkAsync(name, cancellationToken) != etag)
            throw Changed(url);
        return etag is null ? RecordOf(target, cancellationToken) : new FileRecord { Tag = etag, Size = new FileInfo(target).Length };
    }

    private async Task<FileRecord> ReadFolderAsync(IRemoteStore store, string name, string url, string target, CancellationToken cancellationToken)
    {
        IReadOnlyList<KeyValuePair<string, string>>? before = store is IMarkedStore marked ? await MarksAsync(marked, name, url, cancellationToken) : null;
        List<string> files = before is not null ? [.. before.Select(file => file.Key)] : Below(await store.ListAsync(name, cancellationToken) ?? throw new DvcException($"'{url}' is no file, and the server lists no folder; name a file"), name, url);
        if (files.Count == 0)
            throw new DvcException($"'{url}' is not there");
        long size = 0;
        foreach (string folder in files.Select(file => Path.GetDirectoryName(Path.Combine(target, file))!).Distinct(StringComparer.Ordinal)) // below the target
            Directory.CreateDirectory(folder);
        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, jobs), CancellationToken = cancellationToken }, async (file, token) =>
        {
            await using FileStream written = new(Path.Combine(target, file), FileMode.CreateNew, FileAccess.Write);
            if (!await store.ReadAsync(Inside(name, file), written, 0, token))
                throw Changed($"{url.TrimEnd('/')}/{file}");
            Interlocked.Add(ref size, written.Length);
        });
        if (before is null)
            return RecordOf(target, cancellationToken);
        string mark = MarkOf(before);
        if (await MarksAsync((IMarkedStore)store, name, url, cancellationToken) is not { } after || MarkOf(after) != mark)
            throw Changed(url);
        return new FileRecord { Tag = mark, Size = size, FileCount = files.Count };
    }

    // Null when the server does not list.
    private static async Task<IReadOnlyList<KeyValuePair<string, string>>?> MarksAsync(IMarkedStore store, string name, string url, CancellationToken cancellationToken)
    {
        if (await store.MarksAsync(Inside(name, ""), cancellationToken) is not { } all)
            return null;
        Dictionary<string, string> marks = all.ToDictionary(StringComparer.Ordinal);
        return [.. Below(marks.Keys, name, url).Select(file => KeyValuePair.Create(file, marks[Inside(name, file)]))];
    }

    // The mark of a folder is DVC's hash of one, over the marks of its files.
    private static string MarkOf(IReadOnlyList<KeyValuePair<string, string>> marks)
    {
        IEnumerable<DvcValue> entries = marks.OrderBy(file => file.Key, CodePointComparer.Instance).Select(file => DvcValue.Of([KeyValuePair.Create("etag", DvcValue.Of(file.Value)), KeyValuePair.Create("relpath", DvcValue.Of(file.Key))]));
        return FileHash.Compute(System.Text.Encoding.ASCII.GetBytes(PythonText.Json(DvcValue.Of([.. entries]), sortKeys: true))) + ".dir";
    }

    // Names that end with a slash stand for folders; what a server says is not to lead out of ours.
    private static List<string> Below(IEnumerable<string> names, string folder, string url)
    {
        string prefix = Inside(folder, "");
        return [.. names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length && !name.EndsWith('/')).Select(name => DirectoryListing.Checked(name[prefix.Length..], url))];
    }

    private static string Inside(string folder, string file) => folder.Length == 0 ? file : $"{folder}/{file}";

    private FileRecord RecordOf(string path, CancellationToken cancellationToken) =>
        new WorkspaceHasher(project, isCopy: true).Hash(Path.GetRelativePath(project.Root, path), isLegacy: false, cancellationToken)!.ToRecord() with { IsExecutable = false }; // it has just been made

    private static DvcException Changed(string url) => new($"'{url}' changed while it was read; try again");

    private (IRemoteStore Store, string Name) Open(RemoteStores stores, string url)
    {
        string address = url.TrimEnd('/');
        if (address.StartsWith("remote://", StringComparison.Ordinal))
        {
            string[] parts = address["remote://".Length..].Split('/', 2);
            return (stores.Open(parts[0]).Store, parts.Length > 1 ? parts[1] : "");
        }

        int slash = address.LastIndexOf('/'), scheme = address.IndexOf("://", StringComparison.Ordinal) + 3;
        if (slash < scheme)
            throw new DvcException($"'{url}' names no file or folder");
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["url"] = address[..slash] };
        // The settings of a remote of the same kind hold for it: an endpoint, credentials.
        foreach (string name in project.Config.Remotes)
        {
            if (project.Config.Remote(name) is { } known && known.GetValueOrDefault("url")?.StartsWith(address[..scheme], StringComparison.Ordinal) == true && address.StartsWith(known["url"], StringComparison.Ordinal))
                options = new Dictionary<string, string>(known, StringComparer.Ordinal) { ["url"] = address[..slash] };
        }

        return (stores.Create(options), address[(slash + 1)..]);
    }
}
