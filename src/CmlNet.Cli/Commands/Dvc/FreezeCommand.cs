using System.CommandLine;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc freeze</c> and <c>unfreeze</c>.</summary>
internal static class FreezeCommand
{
    public static Command Build(CliHost host, bool freezes)
    {
        var targets = new Argument<string[]>("TARGET") { Description = "Stages or .dvc files.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(freezes ? "freeze" : "unfreeze", freezes ? "Keep stages from running." : "Let stages run again.") { targets };
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            var index = ProjectIndex.Read(project);
            foreach (string target in project.Targets(host, parsed.GetRequiredValue(targets)))
            {
                List<Stage> stages = [.. index.FindStages(target)];
                if (stages.Count == 0)
                    throw new DvcException($"'{target}' is no stage and no .dvc file of this project");
                foreach (Stage stage in stages)
                {
                    if (stage.Name is { } name && name.Contains('@', StringComparison.Ordinal))
                        throw new DvcException($"'{stage.Address}' is one of a loop's stages; set frozen in dvc.yaml by hand");
                    if (stage.Name is not null)
                        PipelineEditor.SetKey(project.FullPath(stage.File), stage.Name, "frozen", freezes ? DvcValue.Of(true) : null);
                    else
                        StageFiles.Save(project, stage.WithFrozen(freezes));
                }
            }

            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
