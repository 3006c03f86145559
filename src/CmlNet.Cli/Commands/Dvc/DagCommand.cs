using System.CommandLine;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc dag</c>.</summary>
internal static class DagCommand
{
    public static Command Build(CliHost host)
    {
        var target = new Argument<string?>("TARGET") { Description = "A stage and what it needs (default: everything).", Arity = ArgumentArity.ZeroOrOne };
        var dot = new Option<bool>("--dot") { Description = "Graphviz." };
        var mermaid = new Option<bool>("--mermaid") { Description = "Mermaid." };
        var markdown = new Option<bool>("--md") { Description = "Mermaid in Markdown." };
        var outs = new Option<bool>("--outs", "-o") { Description = "Outputs instead of stages." };
        var full = new Option<bool>("--full") { Description = "With everything connected." };
        var collapse = new Option<bool>("--collapse-foreach-matrix") { Description = "A loop's stages as one." };
        var ascii = new Option<bool>("--ascii") { Description = "Text, as without." };
        var command = new Command("dag", "Show what needs what.") { target, dot, mermaid, markdown, outs, full, collapse, ascii };
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            var index = ProjectIndex.Read(project);
            var graph = new StageGraph(index.Stages);
            IReadOnlyList<Stage> stages = graph.Pipeline(index.Stages);
            if (parsed.GetValue(target) is { } name)
            {
                List<Stage> found = [.. index.Select(project.Targets(host, [name])).Select(item => item.Stage).Concat(index.FindStages(name)).Distinct()];
                stages = parsed.GetValue(full) ? graph.Pipeline(found) : graph.Upstream(found);
            }

            DagText text = DagText.Of(stages, graph, parsed.GetValue(outs));
            if (parsed.GetValue(collapse) && !parsed.GetValue(outs))
                text = text.Collapsed();
            host.Out.Write(parsed.GetValue(dot) ? text.Dot() : parsed.GetValue(markdown) ? $"```mermaid\n{text.Mermaid()}```\n" : parsed.GetValue(mermaid) ? text.Mermaid() : text.Plain());
            return Task.FromResult(ExitCodes.Success);
        }, isLocked: false);
        return command;
    }
}
