using CmlNet.Dvc.Data;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Dvc.Sources;

/// <summary>Data taken from another repository and tracked here, with where it came from.</summary>
public sealed class RepositoryImport(DvcProject project, int jobs)
{
    /// <summary>Imports a path for the first time.</summary>
    /// <param name="url">The repository.</param>
    /// <param name="source">The path in it.</param>
    /// <param name="target">Where it goes, relative to the project's root.</param>
    /// <param name="revision">Branch, tag or commit; null for the default branch.</param>
    /// <param name="directory">What a relative <paramref name="url"/> counts from.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The <c>.dvc</c> file, relative to the root.</returns>
    /// <exception cref="DvcException">It cannot be had, or something is in the way.</exception>
    public async Task<string> ImportAsync(string url, string source, string target, string? revision, string directory, ImportOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        SafePath.Check(project, target);
        string file = target + ".dvc";
        if (!options.IsForced && (Path.Exists(project.FullPath(target)) || File.Exists(project.FullPath(file))))
            throw new DvcException($"'{target}' exists already; replace it with -f, name another with -o, or bring it up to date with: dvc update {file}");
        var output = new Output { Path = target, Text = RelativePath.Name(target) };
        var stage = new Stage
        {
            File = file, Folder = RelativePath.Folder(target), IsFrozen = true, Outputs = [output],
            Dependencies = [new Dependency { Path = source, Text = source, Repository = new RepositorySource(url, revision, null) { Others = options.Settings.ToRecord(project.Root) } }],
        };
        return await TakeAsync(stage, output, revision, directory, options, cancellationToken);
    }

    /// <summary>Whether the branch of an import has another commit by now.</summary>
    /// <exception cref="DvcException">Its repository cannot be asked.</exception>
    public async Task<bool> HasUpdateAsync(Stage stage, CancellationToken cancellationToken)
    {
        RepositorySource repository = Imported(stage).Repository!; // Imported checks
        return repository.LockedRevision is { } locked && await GitClone.CommitAtAsync(repository.Url, repository.Revision, project.FullPath(stage.Folder), cancellationToken) is { } now && now != locked;
    }

    /// <summary>Takes the newest commit of an import's branch, or another revision.</summary>
    /// <exception cref="DvcException">It is no import from a repository.</exception>
    public Task<string> UpdateAsync(Stage stage, string? revision, ImportOptions options, CancellationToken cancellationToken)
    {
        Dependency dependency = Imported(stage);
        return TakeAsync(stage, stage.Outputs[0], revision ?? dependency.Repository!.Revision, project.FullPath(stage.Folder), options, cancellationToken, setsRevision: revision is not null);
    }

    /// <summary>Gets the data of an import into the cache again, from the commit it was taken from.</summary>
    /// <returns>1 when it was got.</returns>
    public async Task<int> FetchAsync(Stage stage, CancellationToken cancellationToken)
    {
        Dependency dependency = Imported(stage);
        RepositorySource repository = dependency.Repository!; // Imported checks
        await using SourceProject other = await SourceProject.OpenAsync(repository.Url, repository.LockedRevision ?? repository.Revision, project.FullPath(stage.Folder), SourceSettings.Of(repository, project.Root), project.Environment, project.Time, cancellationToken);
        Output output = stage.Outputs[0];
        string temporary = Path.Combine(project.DvcFolder, "tmp", $"cml-import-{Guid.NewGuid():N}");
        try
        {
            FileRecord? record = await other.GetAsync(dependency.Path, Path.Combine(temporary, "data"), project.Cache, jobs, cancellationToken);
            if (record is null)
            {
                // A file of git, or a folder that is no output as a whole: it goes through the hash, and is only taken when it is what was recorded.
                string relative = Path.GetRelativePath(project.Root, Path.Combine(temporary, "data"));
                LeaveOut(Path.Combine(temporary, "data"), output.Path);
                if (new OutputCommit(project, isCopy: true).Hash(relative, output.Recorded, cancellationToken) is { } content && content.Id == output.Recorded?.Id)
                    new CacheWriter(project).Add(relative, content, links: true, cancellationToken);
            }

            return 1;
        }
        finally
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
        }
    }

    // What this project's .dvcignore leaves out was not recorded when it was imported.
    private void LeaveOut(string folder, string path)
    {
        foreach (string file in Directory.Exists(folder) ? SourceCopy.Entries(folder) : [])
        {
            if (project.Ignored.IsIgnored($"{path}/{Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')}", isFolder: false))
                File.Delete(file);
        }
    }

    private async Task<string> TakeAsync(Stage stage, Output output, string? revision, string directory, ImportOptions options, CancellationToken cancellationToken, bool setsRevision = true)
    {
        SafePath.Check(project, output.Path);
        Dependency dependency = stage.Dependencies[0];
        await using SourceProject other = await SourceProject.OpenAsync(dependency.Repository!.Url, revision, directory, SourceSettings.Of(dependency.Repository, project.Root), project.Environment, project.Time, cancellationToken); // callers have an import
        if (options.Downloads)
        {
            await DownloadAsync(other, dependency.Path, output.Path, cancellationToken);
            new OutputCommit(project).Apply(output, stores: true, cancellationToken);
        }
        else
        {
            // What it is shows when it is got.
            output.Recorded = null;
            OutputCommit.KeepOutOfGit(project, output);
        }

        var locked = new Stage
        {
            File = stage.File, Folder = stage.Folder, IsFrozen = stage.IsFrozen, Outputs = stage.Outputs, Description = stage.Description, Meta = stage.Meta, IsAlwaysChanged = stage.IsAlwaysChanged,
            Dependencies = [new Dependency { Path = dependency.Path, Text = dependency.Text, Recorded = dependency.Recorded, Repository = dependency.Repository with { Revision = setsRevision ? revision : dependency.Repository.Revision, LockedRevision = other.Commit } }],
        };
        StageFiles.Save(project, locked);
        return stage.File;
    }

    private async Task DownloadAsync(SourceProject other, string source, string target, CancellationToken cancellationToken)
    {
        string full = project.FullPath(target), temporary = full + $".{Guid.NewGuid():N}.tmp";
        try
        {
            await other.GetAsync(source, temporary, project.Cache, jobs, cancellationToken);
            if (Directory.Exists(full))
                Directory.Delete(full, recursive: true);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!); // a file has a folder
            if (Directory.Exists(temporary))
                Directory.Move(temporary, full);
            else
                File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
            File.Delete(temporary);
        }
    }

    private static Dependency Imported(Stage stage) => stage.Dependencies.FirstOrDefault(dependency => dependency.Repository is not null) ?? throw new DvcException($"'{stage.File}' is no import from a repository");
}
