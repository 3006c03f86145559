using System.CommandLine;
using System.IO.Enumeration;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>Which stages are meant.</summary>
internal sealed class ReproSelection
{
    private readonly Argument<string[]> _targets = new("TARGET") { Description = "Stages, .dvc files or dvc.yaml files (default: those of dvc.yaml here).", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _single = new("--single-item", "-s") { Description = "Only the targets, not what they need." };
    private readonly Option<bool> _pipeline = new("--pipeline", "-p") { Description = "All that is connected with the targets." };
    private readonly Option<bool> _all = new("--all-pipelines", "-P") { Description = "Every stage of the project." };
    private readonly Option<bool> _downstream = new("--downstream") { Description = "The targets and what needs them." };
    private readonly Option<bool> _recursive = new("--recursive", "-R") { Description = "Targets are folders." };
    private readonly Option<bool> _glob = new("--glob") { Description = "Targets may have * and ?." };

    public void AddTo(Command command)
    {
        command.Add(_targets);
        foreach (Option option in (Option[])[_single, _pipeline, _all, _downstream, _recursive, _glob])
            command.Add(option);
    }

    /// <summary>The stages, each after what it needs.</summary>
    public IReadOnlyList<Stage> Select(ParseResult parsed, CliHost host, DvcProject project, ProjectIndex index, StageGraph graph)
    {
        string[] names = parsed.GetValue(_targets) ?? [];
        if (parsed.GetValue(_all))
            return graph.Upstream(index.Stages);
        List<Stage> targets = [];
        if (names.Length == 0)
        {
            string file = project.RelativeTo(host.WorkingDirectory, "dvc.yaml");
            targets.AddRange(index.Stages.Where(stage => stage.File == file));
            if (targets.Count == 0 && !File.Exists(project.FullPath(file)))
                throw new DvcException($"'{file}' does not exist: there are no stages to reproduce here. Name targets, or use -P.");
        }

        foreach (string name in names)
            targets.AddRange(Find(parsed, host, project, index, name));
        if (parsed.GetValue(_single))
            return targets;
        if (parsed.GetValue(_pipeline))
            return graph.Pipeline(targets);
        return parsed.GetValue(_downstream) ? graph.Downstream(targets) : graph.Upstream(targets);
    }

    private List<Stage> Find(ParseResult parsed, CliHost host, DvcProject project, ProjectIndex index, string name)
    {
        if (parsed.GetValue(_glob))
            return index.Stages.Where(stage => FileSystemName.MatchesSimpleExpression(name, stage.Address, ignoreCase: false)).ToList() is { Count: > 0 } matching ? matching : throw new DvcException($"Glob ['{name}'] has no matches.");
        string target = project.Targets(host, [name])[0];
        List<Stage> found = [.. parsed.GetValue(_recursive) ? index.Stages.Where(stage => RelativePath.IsWithin(stage.File, target)) : index.FindStages(target)];
        if (found.Count == 0 && index.Owner(target) is { } owner)
            found = [owner.Stage];
        return found.Count > 0 ? found : throw new DvcException($"Stage '{name}' not found inside the project. Known: {string.Join(", ", index.Stages.Select(stage => stage.Address).Take(20))}.");
    }
}
