using System.CommandLine;
using CmlNet.Dvc.Data;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc remove</c>.</summary>
internal static class RemoveCommand
{
    public static Command Build(CliHost host)
    {
        var targets = new Argument<string[]>("TARGET") { Description = ".dvc files or stages.", Arity = ArgumentArity.OneOrMore };
        var outs = new Option<bool>("--outs") { Description = "Delete the data in the work tree, too." };
        var command = new Command("remove", "Stop tracking data, or take stages out of dvc.yaml.") { targets, outs };
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            var removal = new StageRemoval(project);
            foreach (string target in project.Targets(host, parsed.GetRequiredValue(targets)))
                removal.Remove(target, parsed.GetValue(outs));
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
