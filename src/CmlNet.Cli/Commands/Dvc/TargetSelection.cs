using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>The outputs and stages that a command's targets stand for.</summary>
/// <param name="Targets">As the user gave them; none for all.</param>
internal sealed record TargetSelection(IReadOnlyList<string> Targets)
{
    /// <summary>Targets are folders: everything below them.</summary>
    public bool IsRecursive { get; init; }

    /// <summary>With the stages upstream.</summary>
    public bool HasDependencies { get; init; }

    /// <summary>Targets have wildcards.</summary>
    public bool IsGlob { get; init; }

    /// <exception cref="DvcException">A target is not tracked.</exception>
    public IReadOnlyList<SelectedOutput> Outputs(CliHost host, DvcProject project, ProjectIndex index)
    {
        IReadOnlyList<SelectedOutput> selected = index.Select(Names(host, project, index), IsRecursive);
        if (!HasDependencies || Targets.Count == 0)
            return selected;
        var chosen = selected.Select(item => item.Stage).ToHashSet();
        return [.. selected, .. Upstream(index, [.. chosen]).Where(stage => !chosen.Contains(stage)).SelectMany(stage => stage.Outputs.Select(output => new SelectedOutput(stage, output, "")))];
    }

    /// <summary>The same as stages, in the project's order; those that make nothing are among them.</summary>
    /// <exception cref="DvcException">A target is not tracked.</exception>
    public IReadOnlyList<Stage> Stages(CliHost host, DvcProject project, ProjectIndex index)
    {
        if (Targets.Count == 0)
            return index.Stages;
        var found = new HashSet<Stage>();
        foreach (string name in Names(host, project, index))
        {
            List<Stage> named = [.. index.FindStages(name)];
            found.UnionWith(named.Count > 0 ? named : index.Select([name], IsRecursive).Select(item => item.Stage));
        }

        if (HasDependencies)
            found.UnionWith(Upstream(index, [.. found]));
        return [.. index.Stages.Where(found.Contains)];
    }

    private IReadOnlyList<string> Names(CliHost host, DvcProject project, ProjectIndex index) =>
        project.Targets(host, IsGlob && Targets.Count > 0 ? GlobTargets.Tracked(host, project, index, Targets) : Targets);

    // A frozen stage's needs are needs all the same: it is about data, not about running.
    private static HashSet<Stage> Upstream(ProjectIndex index, IReadOnlyList<Stage> stages)
    {
        var graph = new StageGraph(index.Stages);
        var found = new HashSet<Stage>(stages);
        var pending = new Queue<Stage>(stages);
        while (pending.TryDequeue(out Stage? stage))
        {
            foreach (Stage producer in graph.Producers(stage).Where(found.Add))
                pending.Enqueue(producer);
        }

        return found;
    }
}
