using CmlNet.Dvc.Data;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Dvc.Pipelines;

/// <summary>Where a stage's data comes from when its commands need not run, and what becomes of what was there.</summary>
public sealed partial class Reproduction
{
    private async Task<bool> RestoreAsync(Stage stage, CancellationToken cancellationToken)
    {
        if (_runs.Find(stage) is not { } entry)
            return false;
        List<FileRecord?> before = [.. stage.Outputs.Select(output => output.Recorded)];
        entry.Apply(stage);
        bool canHave = stage.Outputs.All(output => output.Recorded?.Id is { } id && project.Cache.ContainsAll(id));
        if (!canHave && options.Pull is not null)
        {
            await options.Pull([.. stage.Outputs.Where(output => output.Recorded is not null).Select(output => new SelectedOutput(stage, output, ""))], cancellationToken);
            canHave = stage.Outputs.All(output => output.Recorded?.Id is { } id && project.Cache.ContainsAll(id));
        }

        if (!canHave)
        {
            for (int i = 0; i < before.Count; i++)
                stage.Outputs[i].Recorded = before[i];
            return false;
        }

        say($"Stage '{stage.Address}' is cached - skipping run, checking out outputs");
        DeleteOutputs(stage);
        lock (_recording)
        {
            var checkout = new Checkout(project, isForced: true);
            foreach (Output output in stage.Outputs)
            {
                checkout.Apply(output, "", cancellationToken);
                if (output.IsCached)
                    GitIgnoreFile.Add(project, output.Path);
                else
                    Unprotection.Apply(project, output.Path); // git's file, and no link into the cache
            }

            _commit.SaveDependencies(stage, cancellationToken);
            StageFiles.Save(project, stage);
        }

        return true;
    }

    private static bool OnlyOutputsMissing(Stage stage, StageStatus status) =>
        status.Other is null && status.Dependencies.All(item => item.Value.Text == "deleted") && status.Outputs.All(item => item.Value.Text is "not in cache" or "deleted") && stage.Outputs.All(output => output.Recorded is not null);

    private async Task<bool> PullAsync(Stage stage, CancellationToken cancellationToken)
    {
        await PullDependenciesAsync(stage, cancellationToken);
        await options.Pull!([.. stage.Outputs.Select(output => new SelectedOutput(stage, output, ""))], cancellationToken); // callers look
        var run = new CheckoutRun(project, isForced: false, relinks: false, cancellationToken);
        lock (_recording)
            run.Apply([.. stage.Outputs.Select(output => new SelectedOutput(stage, output, ""))], removesUntracked: false);
        bool isDone = !StageStatus.Read(stage, project, allowsMissing: true, cancellationToken).IsChanged && run.Missing.Count == 0;
        if (isDone)
            say($"Stage '{stage.Address}' didn't change, its data was pulled");
        return isDone;
    }

    private async Task PullDependenciesAsync(Stage stage, CancellationToken cancellationToken)
    {
        List<Dependency> missing = [.. stage.Dependencies.Where(dependency => !dependency.IsImport && !Path.Exists(project.FullPath(dependency.Path)))];
        if (missing.Count == 0)
            return;
        var index = ProjectIndex.Read(project);
        List<SelectedOutput> outputs = [.. missing.SelectMany(dependency => index.Outputs.Where(item => RelativePath.IsWithin(dependency.Path, item.Output.Path) || RelativePath.IsWithin(item.Output.Path, dependency.Path))).Select(item => new SelectedOutput(item.Stage, item.Output, "")).Distinct()];
        await options.Pull!(outputs, cancellationToken); // callers look
        lock (_recording)
            new CheckoutRun(project, isForced: false, relinks: false, cancellationToken).Apply(outputs, removesUntracked: false);
    }

    private void DeleteOutputs(Stage stage)
    {
        foreach (Output output in stage.Outputs.Where(output => !RelativePath.IsUrl(output.Path)))
        {
            SafePath.Check(project, output.Path);
            string full = project.FullPath(output.Path);
            if (output.IsPersistent)
            {
                if (Path.Exists(full))
                    Unprotection.Apply(project, output.Path);
                continue;
            }

            if (Directory.Exists(full) && new FileInfo(full).LinkTarget is null)
                Directory.Delete(full, recursive: true);
            else if (Path.Exists(full) || new FileInfo(full).LinkTarget is not null)
                File.Delete(full); // which fails when not even the folder is there
            SafePath.CreateFolderOf(project, output.Path);
        }
    }
}
