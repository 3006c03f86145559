using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Stages;

/// <summary>Writes what was recorded about a stage: its <c>.dvc</c> file, or its part of a <c>dvc.lock</c>.</summary>
public static class StageFiles
{
    /// <summary>Returns the file written, relative to the root; null when it already said so.</summary>
    public static string? Save(DvcProject project, Stage stage)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(stage);
        return stage.Name is null ? SaveTracked(project, stage) : SaveLock(project, stage);
    }

    /// <summary>Takes a stage out of its lock file.</summary>
    public static void RemoveFromLock(DvcProject project, Stage stage)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(stage);
        string path = LockFile.PathFor(stage.File), full = project.FullPath(path);
        if (!File.Exists(full))
            return;
        var file = LockFile.Read(path, File.ReadAllBytes(full));
        if (!file.Remove(stage.Name!)) // callers have a pipeline's stage
            return;
        if (file.Stages.Count == 0)
            File.Delete(full);
        else
            AtomicFile.WriteOwn(full, file.Write());
    }

    private static string? SaveTracked(DvcProject project, Stage stage)
    {
        string full = project.FullPath(stage.File);
        string text = TrackedFile.Write(stage);
        if (File.Exists(full))
        {
            string old = File.ReadAllText(full);
            if (TrackedFile.Write(TrackedFile.Read(stage.File, System.Text.Encoding.UTF8.GetBytes(old))) == text)
                return null;
            text = YamlPatch.Apply(old, text);
        }

        AtomicFile.WriteOwn(full, text);
        return stage.File;
    }

    private static string? SaveLock(DvcProject project, Stage stage)
    {
        string path = LockFile.PathFor(stage.File), full = project.FullPath(path);
        var file = LockFile.Read(path, File.Exists(full) ? File.ReadAllBytes(full) : null);
        var entry = LockEntry.Of(stage);
        if (file.Stages.TryGetValue(stage.Name!, out LockEntry? known) && YamlText.Write(known.Value) == YamlText.Write(entry.Value)) // a pipeline's stage has a name
            return null;
        file.Set(stage.Name!, entry); // as above
        AtomicFile.WriteOwn(full, file.Write());
        return path;
    }
}
