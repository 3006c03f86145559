using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Data;

/// <summary><c>dvc add</c>: tracks files and folders, each by a <c>.dvc</c> file beside it.</summary>
public sealed class AddOperation(DvcProject project)
{
    private readonly OutputCommit _commit = new(project);

    /// <summary>The work tree's files may become links, where such are asked for.</summary>
    public bool IsLinking { get; init; } = true;

    /// <summary>Tracks one path.</summary>
    /// <param name="path">Relative to the project's root.</param>
    /// <param name="stores">Into the cache, too.</param>
    /// <param name="description">Kept in the file; null to leave it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The files that git should have, relative to the root.</returns>
    /// <exception cref="DvcException">It cannot be tracked.</exception>
    public IReadOnlyList<string> Add(string path, bool stores, string? description, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.EndsWith(".dvc", StringComparison.Ordinal))
            throw new DvcException($"cannot add '{path}': the suffix .dvc is DVC's own. Give the data another name.");
        // A file of a folder that is tracked becomes part of that, whatever it is called.
        SafePath.CheckInner(project, path);
        if (FileStatus.Read(project.FullPath(path)) is null)
            throw new DvcException($"output '{path}' does not exist");
        if (project.Ignored.IsIgnored(path, Directory.Exists(project.FullPath(path))))
            throw new DvcException($"'{path}' is left out by .dvcignore; see: dvc check-ignore --details {path}");
        Stage stage = Find(path, description, out Output output);
        _commit.Apply(output, stores, cancellationToken, IsLinking);
        var written = new List<string>();
        if (StageFiles.Save(project, stage) is { } file)
            written.Add(file);
        string ignore = RelativePath.Join(RelativePath.Folder(output.Path), ".gitignore");
        if (project.Repository is not null && File.Exists(project.FullPath(ignore)))
            written.Add(ignore);
        return written.Count > 0 ? [.. written.Append(stage.File).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : [stage.File];
    }

    /// <summary>Hashes files on all cores, so that adding them one after the other finds their hashes known.</summary>
    /// <param name="paths">Relative to the project's root; what is no file is left for later.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public void Prepare(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count < 2)
            return;
        var hasher = new WorkspaceHasher(project);
        int jobs = project.Config.Number("core", "checksum_jobs") is > 0 and int asked ? asked : Environment.ProcessorCount;
        ParallelWork.Run(() => Parallel.ForEach(paths, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellationToken }, path =>
        {
            if (!path.StartsWith('/') && FileStatus.Read(project.FullPath(path)) is { IsFile: true })
                hasher.Hash(path, isLegacy: false, cancellationToken);
        }));
    }

    // What is tracked already, or lies in a folder that is, is recorded again.
    private Stage Find(string path, string? description, out Output output)
    {
        var index = ProjectIndex.Read(project);
        if (index.Owner(path) is { } owner)
        {
            if (owner.Stage.Name is not null)
                throw new DvcException($"cannot add '{path}': it is an output of the stage '{owner.Stage.Address}'. Take it out of that stage, or record it with: dvc commit {owner.Stage.Address}");
            if (owner.Stage.IsImport)
                throw new DvcException($"cannot add '{path}': it is imported by '{owner.Stage.File}'. Get its newest content with: dvc update {owner.Stage.File}");
            output = owner.Output;
            return owner.Stage;
        }

        if (index.Outputs.FirstOrDefault(item => RelativePath.IsWithin(item.Output.Path, path)) is { Output: { } inner })
            throw new DvcException($"cannot add '{path}': '{inner.Path}' in it is tracked already. Remove that first, or move it.");
        if (project.Repository?.IsTracked(Path.Combine(project.PathInRepository, path)) == true)
            throw new DvcException($" output '{path}' is already tracked by SCM (e.g. Git).\n    You can remove it from Git, then add to DVC.\n        To stop tracking from Git:\n            git rm -r --cached '{path}'\n            git commit -m \"stop tracking {path}\"");
        string name = RelativePath.Name(path);
        output = new Output { Path = path, Text = name };
        return new Stage { File = path + ".dvc", Folder = RelativePath.Folder(path), Outputs = [output], Description = description };
    }
}
