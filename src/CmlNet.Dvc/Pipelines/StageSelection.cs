using System.IO.Enumeration;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Dvc.Pipelines;

/// <summary>Which stages are to be reproduced.</summary>
/// <param name="Targets">Stages, <c>.dvc</c> files, outputs or <c>dvc.yaml</c> files, relative to the project's root.</param>
public sealed record StageSelection(IReadOnlyList<string> Targets)
{
    private const string Single = "--single-item", Pipeline = "--pipeline", All = "--all-pipelines", Downstream = "--downstream", Recursive = "--recursive", Glob = "--glob";

    /// <summary>Every stage of the project.</summary>
    public static StageSelection Everything { get; } = new([]) { IsAll = true };

    /// <summary>Only the targets, not what they need.</summary>
    public bool IsSingle { get; init; }

    /// <summary>All that is connected with the targets.</summary>
    public bool IsPipeline { get; init; }

    /// <summary>Every stage of the project, whatever the targets.</summary>
    public bool IsAll { get; init; }

    /// <summary>The targets and what needs them.</summary>
    public bool IsDownstream { get; init; }

    /// <summary>Targets are folders.</summary>
    public bool IsRecursive { get; init; }

    /// <summary>Targets have <c>*</c> and <c>?</c>.</summary>
    public bool IsGlob { get; init; }

    /// <summary>As command-line arguments, which <see cref="Parse"/> reads again.</summary>
    public IReadOnlyList<string> ToTexts() =>
    [
        .. new[] { (Single, IsSingle), (Pipeline, IsPipeline), (All, IsAll), (Downstream, IsDownstream), (Recursive, IsRecursive), (Glob, IsGlob) }.Where(flag => flag.Item2).Select(flag => flag.Item1), .. Targets,
    ];

    /// <summary>What <see cref="ToTexts"/> gave. No texts at all stand for everything.</summary>
    public static StageSelection Parse(IReadOnlyList<string> texts) => texts is not { Count: > 0 } ? Everything : new([.. texts.Where(text => !text.StartsWith('-'))])
    {
        IsSingle = texts.Contains(Single, StringComparer.Ordinal),
        IsPipeline = texts.Contains(Pipeline, StringComparer.Ordinal),
        IsAll = texts.Contains(All, StringComparer.Ordinal),
        IsDownstream = texts.Contains(Downstream, StringComparer.Ordinal),
        IsRecursive = texts.Contains(Recursive, StringComparer.Ordinal),
        IsGlob = texts.Contains(Glob, StringComparer.Ordinal),
    };

    /// <summary>The stages, each after what it needs.</summary>
    /// <exception cref="DvcException">A target is none.</exception>
    public IReadOnlyList<Stage> Select(ProjectIndex index, StageGraph graph)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(graph);
        if (IsAll)
            return graph.Upstream(index.Stages);
        List<Stage> targets = [.. Targets.SelectMany(target => Find(index, target)).Distinct()];
        if (IsSingle)
            return targets;
        if (IsPipeline)
            return graph.Pipeline(targets);
        return IsDownstream ? graph.Downstream(targets) : graph.Upstream(targets);
    }

    private List<Stage> Find(ProjectIndex index, string target)
    {
        if (IsGlob)
            return index.Stages.Where(stage => FileSystemName.MatchesSimpleExpression(target, stage.Address, ignoreCase: false)).ToList() is { Count: > 0 } matching ? matching : throw new DvcException($"Glob ['{target}'] has no matches.");
        List<Stage> found = [.. IsRecursive ? index.Stages.Where(stage => RelativePath.IsWithin(stage.File, target)) : index.FindStages(target)];
        if (found.Count == 0 && index.Owner(target) is { } owner)
            found = [owner.Stage];
        // One may only name metrics and plots.
        return found.Count > 0 || RelativePath.Name(target) == "dvc.yaml" ? found : throw new DvcException($"Stage '{target}' not found inside the project. {(index.Stages.Count == 0 ? "It has no stages." : $"Known: {string.Join(", ", index.Stages.Select(stage => stage.Address).Take(20))}.")}");
    }
}
