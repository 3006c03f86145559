using CmlNet.Dvc.Data;
using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Sources;

/// <summary>
/// <c>dvc add --out</c> and <c>--to-remote</c>: tracks what lies outside of the project, or at an address, under a path in it. Its
/// data goes into the cache and the work tree, or to a remote alone.
/// </summary>
public sealed class ExternalAddition(DvcProject project, HttpClient client)
{
    /// <summary>Copies it in.</summary>
    /// <param name="source">Absolute path, or address of a file.</param>
    /// <param name="target">Where it is tracked, relative to the project's root.</param>
    /// <param name="isForced">What is in the way is replaced.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The <c>.dvc</c> file, relative to the root.</returns>
    public async Task<string> CopyAsync(string source, string target, bool isForced, CancellationToken cancellationToken)
    {
        Stage stage = Prepare(target, isForced);
        await using Local local = await Local.OpenAsync(source, project, client, cancellationToken);
        HashedPath content = Hash(local.Path, source, cancellationToken);
        new CacheWriter(project).Add(local.Path, content, links: false, cancellationToken);
        stage.Outputs[0].Recorded = content.ToRecord();
        new CheckoutRun(project, isForced, relinks: false, cancellationToken).Apply([new SelectedOutput(stage, stage.Outputs[0], "")], removesUntracked: false);
        return Save(stage);
    }

    /// <summary>Sends it to a remote; neither the cache nor the work tree has it.</summary>
    /// <param name="source">Absolute path, or address of a file.</param>
    /// <param name="target">Where it is tracked, relative to the project's root.</param>
    /// <param name="isForced">A record in the way is replaced.</param>
    /// <param name="stores">Opens the remote.</param>
    /// <param name="remote">The remote; null for the default one.</param>
    /// <param name="jobs">Transfers at once.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The <c>.dvc</c> file, relative to the root.</returns>
    public async Task<string> SendAsync(string source, string target, bool isForced, RemoteStores stores, string? remote, int jobs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stores);
        Stage stage = Prepare(target, isForced);
        IRemoteStore store = stores.Open(remote).Store;
        await using Local local = await Local.OpenAsync(source, project, client, cancellationToken);
        HashedPath content = Hash(local.Path, source, cancellationToken);
        await SendAsync(store, content, local.Path, jobs, cancellationToken);
        stage.Outputs[0].Recorded = content.ToRecord();
        return Save(stage);
    }

    /// <summary>Sends a file, or a folder's files and then their list, as far as the remote has them not.</summary>
    internal async Task SendAsync(IRemoteStore store, HashedPath content, string path, int jobs, CancellationToken cancellationToken)
    {
        IEnumerable<(ObjectId Id, string Path)> files = content.Listing is null ? [(content.Id, path)] : content.Listing.Files.Select(file => (ObjectId.Parse(file.Value, isLegacy: false), Path.Combine(path, file.Key)));
        await Parallel.ForEachAsync(files.DistinctBy(file => file.Id), new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, jobs), CancellationToken = cancellationToken }, async (file, token) => await SendAsync(store, file.Id, file.Path, token));
        if (content.Listing is not null)
            await SendListingAsync(store, content, cancellationToken);
    }

    // One file.
    private async Task SendAsync(IRemoteStore store, ObjectId id, string path, CancellationToken cancellationToken)
    {
        if (await store.ExistsAsync(id.RelativePath, cancellationToken))
            return;
        FileStatus? before = FileStatus.Read(path);
        await store.WriteAsync(id.RelativePath, path, cancellationToken);
        if (before is { } status && FileStatus.Read(path) == before && (project.State.Find(path, status, isLegacy: false) ?? FileHash.Compute(path, isLegacy: false, cancellationToken)) == id.Value)
            return;
        string left = await TryDeleteAsync(store, id.RelativePath) ? "" : $"; what is there under {id.RelativePath} is not what its name says, delete it there";
        throw new DvcException($"{path} changed while it was sent to {store.Address}{left}. Try again when nothing writes to it.");
    }

    // Others would take what is there for what its name says. Begun, it is finished: its own time is short.
    private static async Task<bool> TryDeleteAsync(IRemoteStore store, string name)
    {
        try
        {
            if (store is not IDeletingStore deleting)
                return false;
            await deleting.DeleteAsync(name, CancellationToken.None);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DvcException)
        {
            return false;
        }
    }

    // After its files: one that is there stands for them all.
    private static async Task SendListingAsync(IRemoteStore store, HashedPath content, CancellationToken cancellationToken)
    {
        string temporary = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(temporary, content.Listing!.Serialize(), cancellationToken); // callers have one
            await store.WriteAsync(content.Id.RelativePath, temporary, cancellationToken);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private HashedPath Hash(string path, string source, CancellationToken cancellationToken) => new WorkspaceHasher(project).Hash(path, isLegacy: false, cancellationToken) ?? throw new DvcException($"'{source}' does not exist");

    private Stage Prepare(string target, bool isForced)
    {
        SafePath.Check(project, target);
        if (!isForced && (Path.Exists(project.FullPath(target)) || File.Exists(project.FullPath(target + ".dvc"))))
            throw new DvcException($"'{target}' exists already; replace it with -f, or name another with -o");
        if (ProjectIndex.Read(project).Outputs.FirstOrDefault(item => item.Stage.File != target + ".dvc" && (RelativePath.IsWithin(target, item.Output.Path) || RelativePath.IsWithin(item.Output.Path, target))) is { Stage: { } owner })
            throw new DvcException($"'{target}' belongs to '{owner.Address}' already; name another with -o");
        SafePath.CreateFolderOf(project, target);
        return new Stage { File = target + ".dvc", Folder = RelativePath.Folder(target), Outputs = [new Output { Path = target, Text = RelativePath.Name(target) }] };
    }

    private string Save(Stage stage)
    {
        OutputCommit.KeepOutOfGit(project, stage.Outputs[0]);
        StageFiles.Save(project, stage);
        return stage.File;
    }

    // What is at an address is fetched first; what lies on this machine is read where it is.
    private sealed class Local(string path, bool isTemporary) : IAsyncDisposable
    {
        public string Path => path;

        public static async Task<Local> OpenAsync(string source, DvcProject project, HttpClient client, CancellationToken cancellationToken)
        {
            if (!RelativePath.IsUrl(source))
                return new Local(source, isTemporary: false);
            string temporary = System.IO.Path.Combine(project.DvcFolder, "tmp", $"cml-add-{Guid.NewGuid():N}");
            var local = new Local(temporary, isTemporary: true);
            try
            {
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(temporary)!); // a file has a folder
                await new UrlSource(project, client, 4 * Environment.ProcessorCount).GetAsync(source, temporary, cancellationToken);
                return local;
            }
            catch
            {
                await local.DisposeAsync();
                throw;
            }
        }

        public ValueTask DisposeAsync()
        {
            if (isTemporary && Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else if (isTemporary)
                File.Delete(path);
            return ValueTask.CompletedTask;
        }
    }
}
