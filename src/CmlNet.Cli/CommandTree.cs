using System.CommandLine;
using CmlNet.Cli.Commands.Workflow;

namespace CmlNet.Cli;

/// <summary>Every command, one line each.</summary>
internal static class CommandTree
{
    public static RootCommand Build(CliHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var root = new RootCommand("Continuous machine learning: run workflows, report on models, publish to pull requests.");
        root.Add(WorkflowCommand.Build(host));
        return root;
    }
}
