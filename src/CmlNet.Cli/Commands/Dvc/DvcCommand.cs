using System.CommandLine;
using CmlNet.Cli.Commands.Dvc.Exp;
using CmlNet.Cli.Commands.Metrics;
using CmlNet.Cli.Commands.Params;
using CmlNet.Cli.Commands.Plots;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>cml dvc</c>: DVC's commands by their own names. A link to the binary named <c>dvc</c> has them at the top.</summary>
internal static class DvcCommand
{
    public const string Name = "dvc";

    public static Command Build(CliHost host)
    {
        var command = new Command(Name, "Data, pipelines and experiments of a DVC project.");
        foreach (Command inner in Commands(host))
            command.Add(inner);
        return command;
    }

    private static IEnumerable<Command> Commands(CliHost host) =>
    [
        InitCommand.Build(host),
        ConfigCommand.Build(host),
        RemoteCommand.Build(host),
        AddCommand.Build(host),
        RemoveCommand.Build(host),
        MoveCommand.Build(host),
        CommitCommand.Build(host),
        StatusCommand.Build(host),
        DataCommand.Build(host),
        DiffCommand.Build(host),
        CheckoutCommand.Build(host),
        TransferCommand.Fetch(host),
        TransferCommand.Pull(host),
        TransferCommand.Push(host),
        ListCommand.Build(host),
        GetCommand.Build(host),
        ImportCommand.Build(host),
        ImportCommand.BuildUrl(host),
        ImportCommand.BuildUpdate(host),
        GcCommand.Build(host),
        CheckIgnoreCommand.Build(host),
        UnprotectCommand.Build(host),
        ReproCommand.Build(host),
        StageCommand.Build(host),
        StageCommand.BuildRun(host),
        DagCommand.Build(host),
        FreezeCommand.Build(host, freezes: true),
        FreezeCommand.Build(host, freezes: false),
        ExpCommand.Build(host),
        QueueCommand.Build(host),
        MetricsCommand.Build(host),
        ParamsCommand.Build(host),
        PlotsCommand.Build(host),
    ];
}
