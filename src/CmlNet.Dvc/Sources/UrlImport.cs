using CmlNet.Dvc.Data;
using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;
using CmlNet.Dvc.Stages;

namespace CmlNet.Dvc.Sources;

/// <summary>A file from elsewhere, tracked here with its address and the mark by which a change there is seen.</summary>
public sealed class UrlImport(DvcProject project, HttpClient client)
{
    /// <summary>Imports it for the first time.</summary>
    /// <param name="url">An address, or an absolute path.</param>
    /// <param name="target">Where it goes, relative to the project's root.</param>
    /// <param name="options">How; without a download only its mark is recorded.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The <c>.dvc</c> file, relative to the root.</returns>
    /// <exception cref="DvcException">It cannot be had, or something is in the way.</exception>
    public Task<string> ImportAsync(string url, string target, ImportOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        SafePath.Check(project, target);
        if (!options.IsForced && (Path.Exists(project.FullPath(target)) || File.Exists(project.FullPath(target + ".dvc"))))
            throw new DvcException($"'{target}' exists already; replace it with -f, or bring it up to date with: dvc update {target}.dvc");
        var stage = new Stage
        {
            File = target + ".dvc", Folder = RelativePath.Folder(target), IsFrozen = true,
            Dependencies = [new Dependency { Path = url, Text = url }], Outputs = [new Output { Path = target, Text = RelativePath.Name(target) }],
        };
        return TakeAsync(stage, options, cancellationToken);
    }

    /// <summary>Gets it again when it changed there.</summary>
    public async Task<string> UpdateAsync(Stage stage, ImportOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(options);
        return options.SendsTo is null && await IsSameAsync(stage, cancellationToken) ? stage.File : await TakeAsync(stage, options, cancellationToken);
    }

    // Known from the mark alone; what is not here, or was changed here, is got again all the same.
    private async Task<bool> IsSameAsync(Stage stage, CancellationToken cancellationToken)
    {
        string url = stage.Dependencies[0].Path;
        if (!RelativePath.IsUrl(url) || url.StartsWith("http", StringComparison.Ordinal) || stage.Dependencies[0].Recorded is not { Tag: { } recorded, TagName: "etag" })
            return false;
        if (StageStatus.ReadOutput(stage.Outputs[0], project, new WorkspaceHasher(project), cancellationToken) != ChangeKind.None)
            return false;
        await using var stores = new RemoteStores(project, client);
        (IRemoteStore store, string name) = Open(stores, url);
        return store is IMarkedStore marked && await marked.MarkAsync(name, cancellationToken) == recorded;
    }

    private async Task<string> TakeAsync(Stage stage, ImportOptions options, CancellationToken cancellationToken)
    {
        Dependency dependency = stage.Dependencies[0];
        Output output = stage.Outputs[0];
        SafePath.Check(project, output.Path);
        string full = project.FullPath(output.Path), temporary = full + $".{Guid.NewGuid():N}.tmp";
        Directory.CreateDirectory(Path.GetDirectoryName(full)!); // a file has a folder
        try
        {
            dependency.Recorded = RelativePath.IsUrl(dependency.Path) ? await DownloadAsync(dependency.Path, temporary, cancellationToken) : Copy(dependency.Path, temporary, cancellationToken);
            if (options.SendsTo is { } store)
                await SendAsync(output, temporary, store, cancellationToken);
            else if (options.Downloads)
                File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }

        if (options.Downloads && options.SendsTo is null)
            new OutputCommit(project).Apply(output, stores: true, cancellationToken);
        StageFiles.Save(project, stage);
        return stage.File;
    }

    private async Task SendAsync(Output output, string path, IRemoteStore store, CancellationToken cancellationToken)
    {
        HashedPath content = new WorkspaceHasher(project).Hash(path, isLegacy: false, cancellationToken)!; // it has just been got
        await new ExternalAddition(project, client).SendAsync(store, content.Id, path, cancellationToken);
        output.Recorded = content.ToRecord();
        OutputCommit.KeepOutOfGit(project, output);
    }

    private static FileRecord Copy(string source, string target, CancellationToken cancellationToken)
    {
        if (!File.Exists(source))
            throw new DvcException($"'{source}' is no file; a folder on this machine is tracked where it is with dvc add, after it is copied");
        File.Copy(source, target);
        return new FileRecord { Id = Storage.ObjectId.Parse(FileHash.Compute(target, isLegacy: false, cancellationToken), isLegacy: false), Size = new FileInfo(target).Length };
    }

    /// <summary>Gets a file from an address; returns its mark.</summary>
    internal async Task<FileRecord> DownloadAsync(string url, string target, CancellationToken cancellationToken)
    {
        string? etag = null;
        if (url.StartsWith("http", StringComparison.Ordinal))
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!answer.IsSuccessStatusCode)
                throw new DvcException($"'{url}' cannot be had: HTTP {(int)answer.StatusCode}");
            await using FileStream file = File.Create(target);
            await answer.Content.CopyToAsync(file, cancellationToken);
            etag = answer.Headers.ETag?.ToString();
        }
        else
        {
            await using var stores = new RemoteStores(project, client);
            (IRemoteStore store, string name) = Open(stores, url);
            etag = store is IMarkedStore before ? await before.MarkAsync(name, cancellationToken) : null;
            await using FileStream file = File.Create(target);
            if (!await store.ReadAsync(name, file, 0, cancellationToken))
                throw new DvcException($"'{url}' is not there");
            // The mark must be that of what was read.
            if (store is IMarkedStore after && await after.MarkAsync(name, cancellationToken) != etag)
                throw new DvcException($"'{url}' changed while it was read; try again");
        }

        // Without a mark of the server's, the content is the mark.
        return new FileRecord { Tag = etag ?? FileHash.Compute(target, isLegacy: false, cancellationToken), TagName = etag is null ? "checksum" : "etag", Size = new FileInfo(target).Length };
    }

    private (IRemoteStore Store, string Name) Open(RemoteStores stores, string url)
    {
        if (url.StartsWith("remote://", StringComparison.Ordinal))
        {
            string[] parts = url["remote://".Length..].Split('/', 2);
            return (stores.Open(parts[0]).Store, parts.Length > 1 ? parts[1] : "");
        }

        int slash = url.LastIndexOf('/');
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["url"] = url[..slash] };
        // The settings of a remote of the same kind hold for it: an endpoint, credentials.
        foreach (string name in project.Config.Remotes)
        {
            if (project.Config.Remote(name) is { } known && known.GetValueOrDefault("url")?.StartsWith(url[..(url.IndexOf("://", StringComparison.Ordinal) + 3)], StringComparison.Ordinal) == true && url.StartsWith(known["url"], StringComparison.Ordinal))
                options = new Dictionary<string, string>(known, StringComparer.Ordinal) { ["url"] = url[..slash] };
        }

        return (stores.Create(options), url[(slash + 1)..]);
    }
}
