using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Dvc.Data;

/// <summary>Takes stages and <c>.dvc</c> files away, with the lines that kept their outputs out of git.</summary>
public sealed class StageRemoval(DvcProject project)
{
    /// <param name="target">A <c>.dvc</c> file, a tracked path with one, or a stage.</param>
    /// <param name="withOutputs">Delete the data in the work tree, too. The cache keeps it.</param>
    /// <exception cref="DvcException">There is no such stage.</exception>
    public void Remove(string target, bool withOutputs)
    {
        var index = ProjectIndex.Read(project);
        List<Stage> stages = [.. index.FindStages(target)];
        if (stages.Count == 0 && index.Owner(target) is { Stage: { Name: null } owner } && target.Length == owner.File.Length - 4)
            stages = [owner];
        if (stages.Count == 0)
            throw new DvcException($"'{target}' does not exist: it is no .dvc file and no stage of this project");
        var ledger = OutputLedger.Read(project);
        foreach (Stage stage in stages)
        {
            foreach (Output output in stage.Outputs)
            {
                GitIgnoreFile.Remove(project, output.Path);
                ledger.Set(output.Path, null);
                if (withOutputs && !output.Path.StartsWith('/'))
                    Delete(output.Path);
            }

            if (stage.Name is null)
            {
                File.Delete(project.FullPath(stage.File));
                continue;
            }

            StageFiles.RemoveFromLock(project, stage);
        }

        foreach (string file in stages.Where(stage => stage.Name is not null).Select(stage => stage.File).Distinct(StringComparer.Ordinal))
            PipelineEditor.Remove(project.FullPath(file), [.. stages.Where(stage => stage.File == file).Select(stage => stage.Name!.Split('@')[0]).Distinct(StringComparer.Ordinal)]); // filtered above
        ledger.Save();
    }

    private void Delete(string path)
    {
        SafePath.Check(project, path);
        string full = project.FullPath(path);
        if (Directory.Exists(full))
            Directory.Delete(full, recursive: true);
        else
            File.Delete(full);
    }
}
