using CmlNet.Dvc.Data;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Dvc.Pipelines;

/// <summary>Records a stage as it is now: command, dependencies, parameters and outputs.</summary>
public sealed class StageCommit(DvcProject project)
{
    private readonly OutputCommit _outputs = new(project);

    /// <summary>Records everything and writes the file.</summary>
    /// <returns>The file written, relative to the root; null when it said so already.</returns>
    /// <exception cref="DvcException">Something the stage names is not there.</exception>
    public string? Apply(Stage stage, bool stores, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stage);
        SaveDependencies(stage, cancellationToken);
        foreach (Output output in stage.Outputs)
        {
            if (stage.IsFrozen && stage.Name is null && !Path.Exists(project.FullPath(output.Path)))
                continue;
            _outputs.Apply(output, stores, cancellationToken);
        }

        stage.RecordedCommand = stage.Command;
        return StageFiles.Save(project, stage);
    }

    /// <summary>Takes the hashes of dependencies and the values of parameters, without writing them.</summary>
    /// <exception cref="DvcException">One is not there.</exception>
    public void SaveDependencies(Stage stage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stage);
        foreach (Dependency dependency in stage.Dependencies.Where(dependency => !dependency.IsImport))
        {
            FileRecord now = _outputs.Hash(dependency.Path, dependency.Recorded, cancellationToken)?.ToRecord() ?? throw new DvcException($"missing data 'source': {dependency.Path}. Stage '{stage.Address}' depends on it: make it, or get it with: dvc pull");
            // Whether it may be run is not recorded for what is only read.
            now = now with { IsExecutable = dependency.Recorded?.IsExecutable ?? false };
            dependency.Recorded = dependency.Recorded?.IsSameContent(now) == true ? dependency.Recorded with { Size = now.Size, FileCount = now.FileCount } : now;
        }

        foreach (ParamsDependency parameter in stage.Params)
        {
            string full = project.FullPath(parameter.Path);
            if (!File.Exists(full))
                throw new DvcException($"parameter file '{parameter.Path}' of stage '{stage.Address}' is not there");
            var values = ParamsValues.Current(parameter, ParamsFile.Read(parameter.Path, File.ReadAllBytes(full)));
            if (parameter.Keys.FirstOrDefault(key => values.All(value => value.Key != key)) is { } missing)
                throw new DvcException($"Parameters '{missing}' are missing from '{parameter.Path}'; stage '{stage.Address}' depends on them.");
            parameter.Recorded = values;
        }
    }
}
