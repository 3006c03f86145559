using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Pipelines;

/// <summary>What lock files say now. Another process may have run a stage since this one read the project: then it is up to date.</summary>
internal sealed class LockRecords(DvcProject project)
{
    private readonly Dictionary<string, (FileStatus Status, LockFile File)> _files = new(StringComparer.Ordinal);
    private readonly Lock _reading = new();

    /// <summary>Takes over what is recorded about a stage. The caller has the project's lock.</summary>
    /// <exception cref="DvcException">The lock file is not valid any more.</exception>
    public void Refresh(Stage stage)
    {
        if (stage.Name is null)
            return;
        string path = LockFile.PathFor(stage.File), full = project.FullPath(path);
        lock (_reading)
        {
            if (FileStatus.Read(full) is not { } status)
                return;
            if (!_files.TryGetValue(path, out (FileStatus Status, LockFile File) known) || known.Status != status)
                _files[path] = known = (status, LockFile.Read(path, File.ReadAllBytes(full)));
            known.File.Stages.GetValueOrDefault(stage.Name)?.Apply(stage);
        }
    }
}
