using System.CommandLine;

namespace CmlNet.Cli.Commands.Runners;

/// <summary><c>cml runner</c> in CML's spelling: whatever is passed, it says that this version takes no jobs.</summary>
internal static class RunnerCommand
{
    public static Command Build(CliHost host)
    {
        var command = new Command("runner", "Run jobs of a code host") { Hidden = true, TreatUnmatchedTokensAsErrors = false };
        command.Arguments.Add(new Argument<string[]>("anything") { Arity = ArgumentArity.ZeroOrMore });
        command.SetAction(_ =>
        {
            host.Error.WriteLine("cml runner: this version does not take jobs from a code host. Start a runner of GitHub's own on the machine, or run the workflow here with 'cml run'.");
            return ExitCodes.Failure;
        });
        return command;
    }
}
