using CmlNet.Dvc.Data;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;
using CmlNet.Dvc.Stages;

namespace CmlNet.Dvc.Sources;

/// <summary>A file or folder from elsewhere, tracked here with its address and the mark by which a change there is seen.</summary>
public sealed class UrlImport(DvcProject project, HttpClient client, int jobs)
{
    private readonly UrlSource _source = new(project, client, jobs);

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
        if (stage.Dependencies[0] is not { Recorded: { Tag: { } recorded, TagName: "etag" }, Path: { } url })
            return false;
        return StageStatus.ReadOutput(stage.Outputs[0], project, new WorkspaceHasher(project), cancellationToken) == ChangeKind.None
            && await _source.MarkAsync(url, isFolder: recorded.EndsWith(".dir", StringComparison.Ordinal), cancellationToken) == recorded;
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
            dependency.Recorded = await _source.GetAsync(dependency.Path, temporary, cancellationToken);
            if (options.SendsTo is { } store)
                await SendAsync(output, temporary, store, cancellationToken);
            else if (options.Downloads)
                Replace(temporary, full);
        }
        finally
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
            File.Delete(temporary);
        }

        if (options.Downloads && options.SendsTo is null)
            new OutputCommit(project).Apply(output, stores: true, cancellationToken);
        StageFiles.Save(project, stage);
        return stage.File;
    }

    // What is there may be of the other kind: a link to a folder is a file.
    private static void Replace(string temporary, string full)
    {
        if (Directory.Exists(full) && new DirectoryInfo(full).LinkTarget is null)
            Directory.Delete(full, recursive: true);
        else
            File.Delete(full);
        if (Directory.Exists(temporary))
            Directory.Move(temporary, full);
        else
            File.Move(temporary, full);
    }

    private async Task SendAsync(Output output, string path, IRemoteStore store, CancellationToken cancellationToken)
    {
        HashedPath content = new WorkspaceHasher(project, isCopy: true).Hash(Path.GetRelativePath(project.Root, path), isLegacy: false, cancellationToken)!; // it has just been got
        await new ExternalAddition(project, client).SendAsync(store, content, path, jobs, cancellationToken);
        output.Recorded = content.ToRecord();
        OutputCommit.KeepOutOfGit(project, output);
    }
}
