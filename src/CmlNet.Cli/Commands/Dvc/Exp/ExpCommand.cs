using System.CommandLine;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary><c>dvc exp</c>: experiments as commits that no branch shows.</summary>
internal static class ExpCommand
{
    public static Command Build(CliHost host)
    {
        var command = new Command("exp", "Run and compare experiments.")
        {
            ExpRunCommand.Build(host),
            ExpShowCommand.Build(host),
            ExpDiffCommand.Build(host),
            ExpSaveCommand.Build(host),
            ExpApplyCommands.Apply(host),
            ExpApplyCommands.Branch(host),
            ExpRemoveCommand.Rename(host),
            ExpRemoveCommand.Build(host),
            ExpListCommand.Build(host),
            ExpTransferCommands.Push(host),
            ExpTransferCommands.Pull(host),
            BackgroundWorkers.Build(host),
        };
        command.Aliases.Add("experiments");
        return command;
    }
}
