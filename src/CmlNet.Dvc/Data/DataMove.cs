using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Dvc.Data;

/// <summary><c>dvc move</c>: data, its <c>.dvc</c> file and its <c>.gitignore</c> line.</summary>
public sealed class DataMove(DvcProject project)
{
    /// <returns>Files that git should have, relative to the root.</returns>
    /// <exception cref="DvcException">It is not tracked by a <c>.dvc</c> file, or there is something at the target.</exception>
    public IReadOnlyCollection<string> Apply(string from, string to)
    {
        if (ProjectIndex.Read(project).Owner(from) is not { Stage: { Name: null } stage } owner || owner.Output.Path != from)
            throw new DvcException($"move is not permitted for stages that are not data sources: '{from}' is not tracked by a .dvc file. To move the output of a stage, change dvc.yaml.");
        string target = Directory.Exists(project.FullPath(to)) ? RelativePath.Join(to, RelativePath.Name(from)) : to;
        SafePath.Check(project, target);
        string file = target + ".dvc";
        if (Path.Exists(project.FullPath(target)) || File.Exists(project.FullPath(file)))
            throw new DvcException($"'{target}' exists already; move it away first");
        var output = new Output
        {
            Path = target, Text = RelativePath.Name(target), IsCached = owner.Output.IsCached, IsPersistent = owner.Output.IsPersistent, IsPushed = owner.Output.IsPushed,
            Remote = owner.Output.Remote, Annotations = owner.Output.Annotations, Recorded = owner.Output.Recorded,
        };
        var moved = new Stage
        {
            File = file, Folder = RelativePath.Folder(target), Dependencies = stage.Dependencies, Outputs = [output], IsFrozen = stage.IsFrozen, IsAlwaysChanged = stage.IsAlwaysChanged,
            Description = stage.Description, Meta = stage.Meta,
        };
        SafePath.CreateFolderOf(project, target);
        // The new file first: killed in between, both are there and nothing is lost.
        GitIgnoreFile.Add(project, target);
        StageFiles.Save(project, moved);
        if (Directory.Exists(project.FullPath(from)))
            Directory.Move(project.FullPath(from), project.FullPath(target));
        else if (File.Exists(project.FullPath(from)))
            File.Move(project.FullPath(from), project.FullPath(target));
        File.Delete(project.FullPath(stage.File));
        GitIgnoreFile.Remove(project, from);
        var ledger = OutputLedger.Read(project);
        ledger.Set(from, null);
        ledger.Set(target, output.Recorded?.Id);
        ledger.Save();
        string ignore = RelativePath.Join(RelativePath.Folder(target), ".gitignore");
        return [file, .. File.Exists(project.FullPath(ignore)) ? [ignore] : Array.Empty<string>()];
    }
}
