using CmlNet.Dvc.Configuration;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Stages;

namespace CmlNet.Dvc.Project;

/// <summary>Every stage of a project at one revision.</summary>
public sealed class ProjectIndex
{
    private ProjectIndex(IReadOnlyList<Stage> stages) => Stages = stages;

    /// <summary>By file, then in file order.</summary>
    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>Every output with its stage.</summary>
    public IEnumerable<(Stage Stage, Output Output)> Outputs
    {
        get
        {
            foreach (Stage stage in Stages)
            {
                foreach (Output output in stage.Outputs)
                    yield return (stage, output);
            }
        }
    }

    /// <summary>Of the work tree, checked for outputs that overlap.</summary>
    /// <exception cref="DvcException">A file is not valid, or two outputs overlap.</exception>
    public static ProjectIndex Read(DvcProject project)
    {
        ArgumentNullException.ThrowIfNull(project);
        ProjectIndex index = Read(new WorkTree(project), project.Config, "");
        index.CheckOverlaps();
        return index;
    }

    /// <summary>Of any revision.</summary>
    /// <param name="revision">Files of the whole repository.</param>
    /// <param name="config">Of the project.</param>
    /// <param name="prefix">Where the project lies in the repository; "" for its root.</param>
    public static ProjectIndex Read(IRevision revision, DvcConfig config, string prefix)
    {
        ArgumentNullException.ThrowIfNull(revision);
        string below = prefix.Length == 0 ? "" : prefix + "/";
        byte[]? Content(string path) => revision.Read(below + path);
        var stages = new List<Stage>();
        foreach (string full in revision.Paths().Where(path => path.StartsWith(below, StringComparison.Ordinal)))
        {
            string path = full[below.Length..];
            string name = RelativePath.Name(path);
            bool isPipeline = name == "dvc.yaml";
            if (!isPipeline && !(name.Length > 4 && name.EndsWith(".dvc", StringComparison.Ordinal) && !path.StartsWith(".dvc/", StringComparison.Ordinal)))
                continue;
            byte[]? content = Content(path);
            if (content is null)
                continue;
            if (isPipeline)
                stages.AddRange(PipelineFile.Read(path, content, config, Content));
            else
                stages.Add(TrackedFile.Read(path, content));
        }

        return new ProjectIndex(stages);
    }

    /// <summary>
    /// The outputs that targets stand for: a <c>.dvc</c> or <c>dvc.yaml</c> file, a stage's name, an output, a folder with
    /// outputs below, or a path inside an output (which comes with the part that is meant). Without targets, all.
    /// </summary>
    /// <exception cref="DvcException">A target is none of these.</exception>
    public IReadOnlyList<SelectedOutput> Select(IReadOnlyList<string> targets, bool isRecursive = false)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count == 0)
            return [.. Outputs.Select(item => new SelectedOutput(item.Stage, item.Output, ""))];
        var selected = new List<SelectedOutput>();
        foreach (string target in targets)
        {
            IEnumerable<SelectedOutput> found = FindStages(target).SelectMany(stage => stage.Outputs.Select(output => new SelectedOutput(stage, output, "")));
            if (!found.Any())
            {
                found = Outputs.Where(item => RelativePath.IsWithin(target, item.Output.Path)).Select(item => new SelectedOutput(item.Stage, item.Output, target.Length > item.Output.Path.Length ? target[(item.Output.Path.Length + 1)..] : ""))
                    .Concat(Outputs.Where(item => (isRecursive || target.Length > 0) && item.Output.Path != target && RelativePath.IsWithin(item.Output.Path, target)).Select(item => new SelectedOutput(item.Stage, item.Output, "")));
            }

            int before = selected.Count;
            selected.AddRange(found);
            if (selected.Count == before)
                throw new DvcException($"'{target}' does not exist as an output or a stage name in 'dvc.yaml': it is no .dvc file, stage or tracked path of this project");
        }

        return [.. selected.Distinct()];
    }

    /// <summary>The stages of a name, a file, or <c>file:name</c>; a loop's name stands for all of it.</summary>
    public IEnumerable<Stage> FindStages(string target) => Stages.Where(stage => stage.File == target || stage.Address == target
        || (stage.Name is { } name && (name == target || $"{stage.File}:{name}" == target || name.StartsWith(target + "@", StringComparison.Ordinal) || stage.Address.StartsWith(target + "@", StringComparison.Ordinal)) && (stage.File == "dvc.yaml" || target.Contains(':', StringComparison.Ordinal))));

    /// <summary>The output a path is, or lies in; null when none.</summary>
    public (Stage Stage, Output Output)? Owner(string path)
    {
        foreach ((Stage stage, Output output) in Outputs)
        {
            if (RelativePath.IsWithin(path, output.Path))
                return (stage, output);
        }

        return null;
    }

    private void CheckOverlaps()
    {
        var owners = new Dictionary<string, Stage>(StringComparer.Ordinal);
        foreach ((Stage stage, Output output) in Outputs)
        {
            if (!owners.TryAdd(output.Path, stage))
                throw new DvcException($"output '{output.Path}' is specified in: {owners[output.Path].Address} and {stage.Address}. Take it out of one of them.");
        }

        foreach ((Stage stage, Output output) in Outputs)
        {
            for (string folder = RelativePath.Folder(output.Path); folder.Length > 0; folder = RelativePath.Folder(folder))
            {
                if (owners.TryGetValue(folder, out Stage? outer))
                    throw new DvcException($"The output paths '{folder}' ({outer.Address}) and '{output.Path}' ({stage.Address}) overlap: one is inside the other. Take one of them out.");
            }
        }
    }
}
