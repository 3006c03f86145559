using System.CommandLine;
using CmlNet.Cli.Compatibility;
using CmlNet.Cli.Logging;
using CmlNet.Publishing;
using CmlNet.Publishing.CodeHosts;

namespace CmlNet.Cli.Commands.Workflows;

/// <summary><c>cml workflow rerun</c>, and <c>cml rerun-workflow</c>, the old name. Prints nothing.</summary>
internal static class RerunCommand
{
    public static Command Build(CliHost host) => Complete(new Command("rerun", "Run a workflow again, cancelling it first"), host, replacement: null);

    public static Command BuildLegacy(CliHost host) => Complete(new Command("rerun-workflow", "Run a workflow again") { Hidden = true }, host, replacement: "workflow rerun");

    private static Command Complete(Command command, CliHost host, string? replacement)
    {
        OptionGroup options = new OptionGroup("CML_WORKFLOW_", "CML_RERUN_WORKFLOW_").Text("id", "Number of the run (default: this one)")
            .Flag("dry-run", "Print what would be sent, secrets masked, and send nothing");
        return DropInCommand.Complete(command, options, host, async (context, cancellationToken) =>
        {
            if (replacement is not null)
                CliLog.Renamed(context.Logger, command.Name, replacement);
            using PublishingServices services = context.OpenServices();
            IWorkflowHost workflows = services.OpenCodeHost().Require<IWorkflowHost>("running workflows again");
            string id = context.Values.Text("id") is { Length: > 0 } given ? given : services.Context.PipelineId ?? services.Context.RunId
                ?? throw new CliException(ExitCodes.Failure, "the workflow run is not known: pass --id with its number");
            await workflows.RerunWorkflowAsync(id, cancellationToken);
        });
    }
}
