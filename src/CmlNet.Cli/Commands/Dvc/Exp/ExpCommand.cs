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
            ExpReferenceCommands.Save(host),
            ExpReferenceCommands.Apply(host),
            ExpReferenceCommands.Branch(host),
            ExpReferenceCommands.Rename(host),
            ExpReferenceCommands.Remove(host),
            ExpReferenceCommands.List(host),
            ExpTransferCommands.Push(host),
            ExpTransferCommands.Pull(host),
        };
        command.Aliases.Add("experiments");
        return command;
    }
}
