using System.CommandLine;

namespace CmlNet.Cli.Commands.Workflows;

/// <summary><c>cml workflow …</c>.</summary>
internal static class WorkflowCommand
{
    public static Command Build(CliHost host) => new("workflow", "Check, parse and evaluate workflow files.")
    {
        CheckCommand.Build(host),
        ParseCommand.Build(host),
        EvalCommand.Build(host),
        RerunCommand.Build(host),
    };
}
